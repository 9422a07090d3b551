using Mlir.Dialects.Arith;
using Mlir.Dialects.Math;
using Mlir.IR;

namespace Mlir.Frontend.Emission;

/// <content>Functions of the parts of a float: its exponent, its neighbours, powers of two, and what kind of number it is.</content>
internal sealed partial class Arithmetic
{
    /// <summary>The exponent as an <c>int</c>; the smallest one for zero, the largest for infinities and NaN.</summary>
    public Value ILogB(Value x, ScalarType type)
    {
        var (fraction, bias) = Format(type);
        var integer = BitsOf(type);
        var bits = MagnitudeBits(x, type);
        var infinity = Int((Int128)((1 << (type.Width - 1 - fraction)) - 1) << fraction, bits);
        var normal = Subtract(Emit(new ShRUIOp(Location, bits, Int(fraction, bits))), Int(bias, bits), integer);

        // A subnormal number is an integer times the smallest one.
        var zeros = Emit(new CountLeadingZerosOp(Location, bits));
        var subnormal = Subtract(Int(type.Width - 1 - (bias - 1) - fraction, bits), zeros, integer);
        var isNormal = Compare(ScalarComparison.GreaterOrEqual, bits, Int(Int128.One << fraction, bits), integer);
        var exponent = Convert(Select(isNormal, normal, subnormal), integer, ScalarType.Int32);
        var finite = Compare(ScalarComparison.Less, bits, infinity, integer);
        var isZero = Compare(ScalarComparison.Equal, bits, Int(0, bits), integer);
        return Select(isZero, Int(int.MinValue, exponent), Select(finite, exponent, Int(int.MaxValue, exponent)));
    }

    /// <summary>The next float above or below; +∞ (−∞) and NaN stay.</summary>
    public Value NextToward(Value x, ScalarType type, bool up)
    {
        var (fraction, _) = Format(type);
        var integer = BitsOf(type);
        var bits = Emit(new BitcastOp(Location, x, Reshape(x, integer.IrType)));
        var magnitude = And(bits, Int(integer.MaxValue, bits));
        var isZero = Compare(ScalarComparison.Equal, magnitude, Int(0, bits), integer);
        var negative = Compare(ScalarComparison.Less, bits, Int(0, bits), integer);
        var (above, below) = (Add(bits, Int(1, bits), integer), Subtract(bits, Int(1, bits), integer));
        var stepped = Select(negative, up ? below : above, up ? above : below);
        var smallest = Int(up ? 1 : integer.MinValue + 1, bits);
        var next = Select(isZero, smallest, stepped);
        var infinity = (Int128)((1 << (type.Width - 1 - fraction)) - 1) << fraction;
        var last = Int(up ? infinity : infinity + integer.MinValue, bits);
        var stays = Or(IsNaN(x), Compare(ScalarComparison.Equal, bits, last, integer));
        return Select(stays, x, Emit(new BitcastOp(Location, next, x.Type)));
    }

    /// <summary>x·2ⁿ, rounded once; <paramref name="n"/> is one <c>int</c>.</summary>
    public Value ScaleB(Value x, Value n, ScalarType type)
    {
        if (type.Width < 32)
        {
            return InSingle(x, type, (wide, single) => ScaleB(wide, n, single));
        }

        // Three factors reach every exponent; downwards all but the last keep the digits, so that only one step rounds.
        var (fraction, bias) = Format(type);
        var (high, low) = (bias, 1 - bias + fraction + 1);
        for (var i = 0; i < 2; i++)
        {
            var tooHigh = Compare(ScalarComparison.Greater, n, Int(high, n), ScalarType.Int32);
            var tooLow = Compare(ScalarComparison.Less, n, Int(1 - bias, n), ScalarType.Int32);
            var step = Select(tooHigh, Int(high, n), Select(tooLow, Int(low, n), Int(0, n)));
            x = Multiply(x, OfShape(PowerOfTwo(step, type), x), type);
            n = Subtract(n, step, ScalarType.Int32);
        }

        n = Emit(new MaxSIOp(Location, Emit(new MinSIOp(Location, n, Int(high, n))), Int(1 - bias, n)));
        return Multiply(x, OfShape(PowerOfTwo(n, type), x), type);
    }

    /// <summary>The n-th root as .NET defines it: odd roots of negative numbers are negative, the 0-th is NaN; <paramref name="n"/> is one <c>int</c>.</summary>
    public Value RootN(Value x, Value n, ScalarType type)
    {
        if (type.Width < 32)
        {
            return InSingle(x, type, (wide, single) => RootN(wide, n, single));
        }

        var magnitude = Emit(new AbsFOp(Location, x));
        var reciprocal = Divide(Float(1, n, type), Convert(n, ScalarType.Int32, type), type);
        var root = Emit(new PowFOp(Location, magnitude, OfShape(reciprocal, x)));
        root = Select(IsN(2), Emit(new SqrtOp(Location, magnitude)), root);
        root = Select(IsN(3), Emit(new CbrtOp(Location, magnitude)), root);
        var odd = OfShape(Compare(ScalarComparison.NotEqual, And(n, Int(1, n)), Int(0, n), ScalarType.Int32), x);
        var negative = Compare(ScalarComparison.Less, x, Float(0, x), type);
        var even = Select(negative, Float(double.NaN, x), root);
        return Select(IsN(0), Float(double.NaN, x), Select(odd, Emit(new CopySignOp(Location, root, x)), even));

        Value IsN(int value) => OfShape(Compare(ScalarComparison.Equal, n, Int(value, n), ScalarType.Int32), x);
    }

    /// <summary>1/√x.</summary>
    public Value ReciprocalSqrt(Value x, ScalarType type) =>
        type.Width < 32 ? InSingle(x, type, ReciprocalSqrt) : Divide(Float(1, x), Emit(new SqrtOp(Location, x)), type);

    /// <summary>Applies an operation on integers to the bits of two numbers.</summary>
    public Value OnBits(Value x, Value y, ScalarType type, Func<Value, Value, Value> apply)
    {
        if (!type.IsFloat)
        {
            return apply(x, y);
        }

        var bits = Reshape(x, BitsOf(type).IrType);
        return Emit(
            new BitcastOp(
                Location,
                apply(Emit(new BitcastOp(Location, x, bits)), Emit(new BitcastOp(Location, y, bits))),
                x.Type
            )
        );
    }

    /// <summary>bˣ − 1 without cancellation.</summary>
    public Value PowerM1(Value x, ScalarType type, double b, Func<Value, Value> power)
    {
        if (type.Width < 32)
        {
            return InSingle(x, type, (wide, single) => PowerM1(wide, single, b, power));
        }

        // For small x: e^(x ln b) − 1, where the product's rounding error, and what ln b lacks, are put back to first order.
        var exact = Math.Log(b);
        var high = type.Width == 64 ? exact : (float)exact;
        var low =
            type.Width == 32 ? exact - high
            : b == 2 ? 2.3190468138462996E-17
            : -2.1707562233822494E-16;
        var product = Multiply(x, Float(high, x), type);
        var error = FusedMultiplyAdd(x, Float(high, x), Negate(product, type));
        var rest = FusedMultiplyAdd(x, Float(low, x), error);
        var m1 = Emit(new ExpM1Op(Location, product));
        var near = FusedMultiplyAdd(rest, Add(m1, Float(1, x), type), m1);
        var far = Subtract(power(x), Float(1, x), type);
        var small = Compare(ScalarComparison.Less, Emit(new AbsFOp(Location, x)), Float(1, x), type);

        // A zero keeps its sign.
        var zero = Compare(ScalarComparison.Equal, x, Float(0, x), type);
        return Select(small, Select(zero, x, near), far);
    }

    /// <summary>The logarithm to a base, with .NET's answers for bases that have none.</summary>
    public Value LogOfBase(Value x, Value b, ScalarType type)
    {
        if (type.Width < 32)
        {
            var single = ScalarType.TryGet(typeof(float))!;
            return Convert(LogOfBase(Convert(x, type, single), Convert(b, type, single), single), single, type);
        }

        var quotient = Divide(Emit(new LogOp(Location, x)), Emit(new LogOp(Location, b)), type);
        Value Is(Value value, double number) => Compare(ScalarComparison.Equal, value, Float(number, value), type);
        var useless = And(Not(Is(x, 1)), Or(Is(b, 0), Is(b, double.PositiveInfinity)));
        return Select(Or(Is(b, 1), useless), Float(double.NaN, x), quotient);
    }

    /// <summary>x·factor/divisor, one after the other.</summary>
    public Value TimesOver(Value x, ScalarType type, double factor, double divisor) =>
        type.Width < 32
            ? InSingle(x, type, (wide, single) => TimesOver(wide, single, factor, divisor))
            : Divide(Multiply(x, Float(factor, x), type), Float(divisor, x), type);

    /// <summary>x rounded to <paramref name="digits"/> decimal places, one <c>int</c>, by a rounding to integers.</summary>
    public Value RoundDigits(Value x, Value digits, ScalarType type, Func<Value, Value> round)
    {
        if (type.Width < 32)
        {
            return InSingle(x, type, (wide, single) => RoundDigits(wide, digits, single, round));
        }

        var (most, limit) = type.Width == 64 ? (15, 1e16) : (6, 1e8);
        Assert(
            Emit(new CmpIOp(Location, digits, Int(most, digits), CmpIPredicate.Ule)),
            $"System.ArgumentOutOfRangeException: Rounding digits must be between 0 and {most}, inclusive."
        );
        var power = Float(1, digits, type);
        for (var i = 0; i < 4; i++)
        {
            var isSet = Compare(
                ScalarComparison.NotEqual,
                And(digits, Int(1 << i, digits)),
                Int(0, digits),
                ScalarType.Int32
            );
            var factor = Float(Math.Pow(10, 1 << i), digits, type);
            power = Select(isSet, Multiply(power, factor, type), power);
        }

        var scale = OfShape(power, x);
        var rounded = Divide(round(Multiply(x, scale, type)), scale, type);

        // Larger numbers have no digits behind the point.
        var small = Compare(ScalarComparison.Less, Emit(new AbsFOp(Location, x)), Float(limit, x), type);
        return Select(small, rounded, x);
    }

    /// <summary>Computes in single precision what half precision would round at every step.</summary>
    public Value InSingle(Value x, ScalarType type, Func<Value, ScalarType, Value> compute)
    {
        var single = ScalarType.TryGet(typeof(float))!;
        return Convert(compute(Convert(x, type, single), single), single, type);
    }

    /// <summary>Whether the number has no digits behind the point.</summary>
    public Value IsInteger(Value x, ScalarType type) =>
        type.IsFloat
            ? And(IsFinite(x), Compare(ScalarComparison.Equal, x, Emit(new TruncOp(Location, x)), type))
            : Constant(IntegerAttr.True, x);

    /// <summary>Whether the number is an even integer.</summary>
    public Value IsEvenInteger(Value x, ScalarType type) =>
        type.IsFloat
            ? And(IsFinite(x), IsInteger(Multiply(x, Float(0.5, x), type), type, x))
            : Compare(ScalarComparison.Equal, And(x, Int(1, x)), Int(0, x), type);

    /// <summary>Whether the number is an odd integer.</summary>
    public Value IsOddInteger(Value x, ScalarType type) =>
        type.IsFloat
            ? And(IsInteger(x, type), Not(IsEvenInteger(x, type)))
            : Compare(ScalarComparison.NotEqual, And(x, Int(1, x)), Int(0, x), type);

    /// <summary>Whether half of <paramref name="x"/> is an integer; the half of the smallest number rounds to zero, so the number must be one too.</summary>
    private Value IsInteger(Value half, ScalarType type, Value x) => And(IsInteger(half, type), IsInteger(x, type));

    /// <summary>Whether the float has an exponent of its own: no zero, subnormal number, infinity or NaN.</summary>
    public Value IsNormal(Value x, ScalarType type)
    {
        var (fraction, _) = Format(type);
        var bits = MagnitudeBits(x, type);
        var infinity = (Int128)((1 << (type.Width - 1 - fraction)) - 1) << fraction;
        return And(
            Compare(ScalarComparison.GreaterOrEqual, bits, Int(Int128.One << fraction, bits), BitsOf(type)),
            Compare(ScalarComparison.Less, bits, Int(infinity, bits), BitsOf(type))
        );
    }

    /// <summary>Whether the float is closer to zero than any normal one, and not zero.</summary>
    public Value IsSubnormal(Value x, ScalarType type)
    {
        var bits = MagnitudeBits(x, type);
        return And(
            Compare(ScalarComparison.Greater, bits, Int(0, bits), BitsOf(type)),
            Compare(ScalarComparison.Less, bits, Int(Int128.One << Format(type).Fraction, bits), BitsOf(type))
        );
    }

    /// <summary>Whether the number is a power of two.</summary>
    public Value IsPow2(Value x, ScalarType type)
    {
        if (type.IsFloat)
        {
            // Positive, and a fraction of zeros; a subnormal number has one bit set.
            var (fraction, _) = Format(type);
            var bits = Emit(new BitcastOp(Location, x, Reshape(x, BitsOf(type).IrType)));
            var mantissa = And(bits, Int((Int128.One << fraction) - 1, bits));
            var single = Compare(ScalarComparison.Equal, Emit(new CtPopOp(Location, bits)), Int(1, bits), BitsOf(type));
            var plain = Compare(ScalarComparison.Equal, mantissa, Int(0, bits), BitsOf(type));
            var positive = Compare(ScalarComparison.Greater, x, Float(0, x), type);
            return And(positive, Select(IsNormal(x, type), plain, And(IsFinite(x), single)));
        }

        var one = Compare(ScalarComparison.Equal, Emit(new CtPopOp(Location, x)), Int(1, x), type);
        return type.IsSigned ? And(one, Compare(ScalarComparison.Greater, x, Int(0, x), type)) : one;
    }

    /// <summary>How many bits the fraction of a float has, and what its exponent field is offset by.</summary>
    private static (int Fraction, int Bias) Format(ScalarType type) =>
        type.Width switch
        {
            16 => (10, 15),
            32 => (23, 127),
            _ => (52, 1023),
        };

    private static ScalarType BitsOf(ScalarType type) =>
        ScalarType.TryGet(
            type.Width switch
            {
                16 => typeof(short),
                32 => typeof(int),
                _ => typeof(long),
            }
        )!;

    private Value MagnitudeBits(Value x, ScalarType type)
    {
        var bits = Emit(new BitcastOp(Location, x, Reshape(x, BitsOf(type).IrType)));
        return And(bits, Int(BitsOf(type).MaxValue, bits));
    }

    /// <summary>2ⁿ for an <c>int</c> within the exponents of normal numbers.</summary>
    private Value PowerOfTwo(Value n, ScalarType type)
    {
        var (fraction, bias) = Format(type);
        var biased = Convert(Add(n, Int(bias, n), ScalarType.Int32), ScalarType.Int32, BitsOf(type));
        var bits = Emit(new ShLIOp(Location, biased, Int(fraction, biased)));
        return Emit(new BitcastOp(Location, bits, type.IrType));
    }

    private Value Float(double value, Value like, ScalarType type) =>
        Constant(FloatAttr.Get((FloatType)type.IrType, value), like);

    /// <summary>A scalar for every element of <paramref name="like"/>.</summary>
    private Value OfShape(Value scalar, Value like) => like.Type is RankedTensorType ? Splat(scalar, like) : scalar;
}
