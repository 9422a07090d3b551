using Mlir.Dialects.Arith;
using Mlir.IR;

namespace Mlir.Frontend.Emission;

/// <content>Conversions between scalar types.</content>
internal sealed partial class Arithmetic
{
    /// <summary><c>(to)value</c>, unchecked: integers keep their low bits, floats saturate and NaN becomes 0, as .NET converts.</summary>
    public Value Convert(Value value, ScalarType from, ScalarType to)
    {
        if (from.IrType == to.IrType)
        {
            return value;
        }

        var type = Reshape(value, to.IrType);
        if (from.IsFloat && to.IsFloat)
        {
            return Emit(
                to.Width > from.Width ? new ExtFOp(Location, value, type) : new TruncFOp(Location, value, type)
            );
        }

        if (from.IsFloat)
        {
            return FloatToInteger(value, from, to);
        }

        if (to.IsFloat)
        {
            if (to.Width == 16 && from.Width > 8)
            {
                // .NET goes by way of float.
                var single = ScalarType.TryGet(typeof(float))!;
                return Convert(Convert(value, from, single), single, to);
            }

            return Emit(from.IsSigned ? new SIToFPOp(Location, value, type) : new UIToFPOp(Location, value, type));
        }

        return to.Width < from.Width ? Emit(new TruncIOp(Location, value, type))
            : from.IsSigned ? Emit(new ExtSIOp(Location, value, type))
            : Emit(new ExtUIOp(Location, value, type));
    }

    private Value FloatToInteger(Value value, ScalarType from, ScalarType to)
    {
        if (to.Width < 32)
        {
            // The IL instruction goes by way of int and keeps the low bits.
            return Convert(FloatToInteger(value, from, ScalarType.Int32), ScalarType.Int32, to);
        }

        return ToIntegerSaturating(value, from, to);
    }

    /// <summary>The integer that <paramref name="value"/> truncates to, or the nearest one in range; NaN becomes 0.</summary>
    public Value ToIntegerSaturating(Value value, ScalarType from, ScalarType to)
    {
        if (from.Width < 32)
        {
            var single = ScalarType.TryGet(typeof(float))!;
            (value, from) = (Convert(value, from, single), single);
        }

        // Both limits are powers of two (or zero), hence exact in every float type: low ≤ x < high converts without loss.
        var (low, high) = (Float((double)to.MinValue, value), Float((double)(to.MaxValue + 1), value));
        var aboveLow = Compare(
            to.IsSigned ? ScalarComparison.GreaterOrEqual : ScalarComparison.Greater,
            value,
            low,
            from
        );
        var belowHigh = Compare(ScalarComparison.Less, value, high, from);
        var safe = Select(And(aboveLow, belowHigh), value, Float(0, value));
        var type = Reshape(value, to.IrType);
        var converted = Emit(to.IsSigned ? new FPToSIOp(Location, safe, type) : new FPToUIOp(Location, safe, type));
        var tooHigh = Compare(ScalarComparison.GreaterOrEqual, value, high, from);
        var tooLow = Compare(ScalarComparison.Less, value, low, from);
        return Select(tooHigh, Int(to.MaxValue, converted), Select(tooLow, Int(to.MinValue, converted), converted));
    }

    /// <summary><c>checked((to)value)</c>: fails when the value does not fit.</summary>
    public Value ConvertChecked(Value value, ScalarType from, ScalarType to)
    {
        if (!to.IsInteger)
        {
            return Convert(value, from, to);
        }

        if (from.IsFloat)
        {
            if (from.Width < 32)
            {
                var single = ScalarType.TryGet(typeof(float))!;
                return ConvertChecked(Convert(value, from, single), single, to);
            }

            // Values that truncate into range fit; min - 1 is a value of its own only where the format is fine enough.
            var below = (double)to.MinValue - 1;
            var exact = from.Width == 64 ? below != (double)to.MinValue : (float)below != (float)(double)to.MinValue;
            var aboveLow = exact
                ? Compare(ScalarComparison.Greater, value, Float(below, value), from)
                : Compare(ScalarComparison.GreaterOrEqual, value, Float((double)to.MinValue, value), from);
            var belowHigh = Compare(ScalarComparison.Less, value, Float((double)(to.MaxValue + 1), value), from);
            Assert(And(aboveLow, belowHigh), Overflow);
            var type = Reshape(value, to.IrType);
            return Emit(to.IsSigned ? new FPToSIOp(Location, value, type) : new FPToUIOp(Location, value, type));
        }

        if (from.MaxValue > to.MaxValue)
        {
            Assert(Compare(ScalarComparison.LessOrEqual, value, Int(to.MaxValue, value), from), Overflow);
        }

        if (from.MinValue < to.MinValue)
        {
            Assert(Compare(ScalarComparison.GreaterOrEqual, value, Int(to.MinValue, value), from), Overflow);
        }

        return Convert(value, from, to);
    }

    /// <summary>As <c>T.CreateSaturating</c>: the nearest value of the target type.</summary>
    public Value ConvertSaturating(Value value, ScalarType from, ScalarType to)
    {
        if (from.IsFloat && to.IsInteger)
        {
            return ToIntegerSaturating(value, from, to);
        }

        if (from.IsInteger && to.IsInteger)
        {
            if (from.MaxValue > to.MaxValue)
            {
                var high = Int(to.MaxValue, value);
                value = Select(Compare(ScalarComparison.Greater, value, high, from), high, value);
            }

            if (from.MinValue < to.MinValue)
            {
                var low = Int(to.MinValue, value);
                value = Select(Compare(ScalarComparison.Less, value, low, from), low, value);
            }
        }

        return Convert(value, from, to);
    }
}
