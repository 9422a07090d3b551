using Mlir.Dialects.Arith;
using Mlir.Dialects.Math;
using Mlir.IR;

namespace Mlir.Frontend.Emission;

/// <content>The functions of <see cref="Math"/>, <see cref="MathF"/>, generic math and <c>Tensor</c>.</content>
internal sealed partial class Arithmetic
{
    /// <summary><c>x * y + z</c>, rounded once.</summary>
    public Value FusedMultiplyAdd(Value x, Value y, Value z) => Emit(new FmaOp(Location, x, y, z));

    /// <summary>x·(1 − t) + y·t as .NET computes it, with one rounding at the end; of halves in single precision.</summary>
    public Value Lerp(Value x, Value y, Value t, ScalarType type)
    {
        if (type.Width < 32)
        {
            var single = ScalarType.TryGet(typeof(float))!;
            Value Wide(Value half) => Convert(half, type, single);
            return Convert(Lerp(Wide(x), Wide(y), Wide(t), single), single, type);
        }

        return FusedMultiplyAdd(x, Subtract(Float(1, t), t, type), Multiply(y, t, type));
    }

    /// <summary>The absolute value; a signed integer fails on its minimum.</summary>
    public Value Abs(Value x, ScalarType type)
    {
        if (type.IsFloat)
        {
            return Emit(new AbsFOp(Location, x));
        }

        if (!type.IsSigned)
        {
            return x;
        }

        Assert(
            Compare(ScalarComparison.NotEqual, x, Int(type.MinValue, x), type),
            "System.OverflowException: Negating the minimum value of a twos complement number is invalid."
        );
        return Emit(new AbsIOp(Location, x));
    }

    /// <summary>IEEE 754 maximum: NaN wins, and +0 is above -0.</summary>
    public Value Max(Value x, Value y, ScalarType type) =>
        Emit(
            type.Kind switch
            {
                ScalarKind.Float => new MaximumFOp(Location, x, y),
                ScalarKind.Signed => new MaxSIOp(Location, x, y),
                _ => new MaxUIOp(Location, x, y),
            }
        );

    /// <summary>IEEE 754 minimum: NaN wins, and -0 is below +0.</summary>
    public Value Min(Value x, Value y, ScalarType type) =>
        Emit(
            type.Kind switch
            {
                ScalarKind.Float => new MinimumFOp(Location, x, y),
                ScalarKind.Signed => new MinSIOp(Location, x, y),
                _ => new MinUIOp(Location, x, y),
            }
        );

    /// <summary>IEEE 754 maximumNumber: a NaN gives way to a number.</summary>
    public Value MaxNumber(Value x, Value y, ScalarType type) =>
        type.IsFloat ? Select(IsNaN(x), y, Select(IsNaN(y), x, Max(x, y, type))) : Max(x, y, type);

    /// <summary>IEEE 754 minimumNumber: a NaN gives way to a number.</summary>
    public Value MinNumber(Value x, Value y, ScalarType type) =>
        type.IsFloat ? Select(IsNaN(x), y, Select(IsNaN(y), x, Min(x, y, type))) : Min(x, y, type);

    /// <summary>The operand of larger (or smaller) magnitude; of equal magnitudes the larger (smaller) one; NaN wins unless <paramref name="number"/>.</summary>
    public Value Magnitude(Value x, Value y, ScalarType type, bool larger, bool number)
    {
        Value Choose(Value a, Value b) => larger ? Max(a, b, type) : Min(a, b, type);
        if (!type.IsFloat)
        {
            if (!type.IsSigned)
            {
                return Choose(x, y);
            }

            // As unsigned numbers the magnitudes order correctly even for the minimum, whose negation wraps to itself.
            var (ax, ay) = (Emit(new AbsIOp(Location, x)), Emit(new AbsIOp(Location, y)));
            var above = Emit(new CmpIOp(Location, ax, ay, larger ? CmpIPredicate.Ugt : CmpIPredicate.Ult));
            var below = Emit(new CmpIOp(Location, ax, ay, larger ? CmpIPredicate.Ult : CmpIPredicate.Ugt));
            return Select(above, x, Select(below, y, Choose(x, y)));
        }

        var (fx, fy) = (Abs(x, type), Abs(y, type));
        var wins = Compare(larger ? ScalarComparison.Greater : ScalarComparison.Less, fx, fy, type);
        var loses = Compare(larger ? ScalarComparison.Less : ScalarComparison.Greater, fx, fy, type);

        // What is left: equal magnitudes, or a NaN, which minimum and maximum hand on.
        var rest = Select(wins, x, Select(loses, y, Choose(x, y)));
        return number ? Select(IsNaN(x), y, Select(IsNaN(y), x, rest)) : rest;
    }

    /// <summary>Whether two floats have the same bits.</summary>
    public Value SameBits(Value x, Value y, ScalarType type)
    {
        var integer = BitsOf(type);
        return Compare(
            ScalarComparison.Equal,
            Emit(new BitcastOp(Location, x, Reshape(x, integer.IrType))),
            Emit(new BitcastOp(Location, y, Reshape(y, integer.IrType))),
            integer
        );
    }

    /// <summary>Whether the float is NaN.</summary>
    public Value IsNaN(Value x) => Emit(new CmpFOp(Location, x, x, CmpFPredicate.Uno));

    /// <summary>Whether the float is neither NaN nor infinite.</summary>
    public Value IsFinite(Value x) =>
        Emit(new CmpFOp(Location, Emit(new AbsFOp(Location, x)), Float(double.PositiveInfinity, x), CmpFPredicate.OLt));

    /// <summary>Whether the float is +∞ or −∞.</summary>
    public Value IsInfinity(Value x) =>
        Emit(new CmpFOp(Location, Emit(new AbsFOp(Location, x)), Float(double.PositiveInfinity, x), CmpFPredicate.OEq));

    /// <summary>Whether the sign bit is set, also that of a zero or a NaN.</summary>
    public Value IsNegative(Value x, ScalarType type)
    {
        if (!type.IsFloat)
        {
            return type.IsSigned ? Compare(ScalarComparison.Less, x, Int(0, x), type) : Constant(IntegerAttr.False, x);
        }

        var bits = Emit(new BitcastOp(Location, x, Reshape(x, IntegerType.Get(type.Width))));
        return Emit(new CmpIOp(Location, bits, Int(0, bits), CmpIPredicate.Slt));
    }

    /// <summary>−1, 0 or 1 as an <c>int</c>; a NaN fails.</summary>
    public Value Sign(Value x, ScalarType type)
    {
        if (type.IsFloat)
        {
            Assert(
                Not(IsNaN(x)),
                "System.ArithmeticException: Function does not accept floating point Not-a-Number values."
            );
        }

        var zero = type.IsFloat ? Float(0, x) : Int(0, x);
        var int32 = Reshape(x, IntegerType.I32);
        var positive = Emit(new ExtUIOp(Location, Compare(ScalarComparison.Greater, x, zero, type), int32));
        if (type.Kind == ScalarKind.Unsigned)
        {
            return positive;
        }

        var negative = Emit(new ExtUIOp(Location, Compare(ScalarComparison.Less, x, zero, type), int32));
        return Emit(new SubIOp(Location, positive, negative));
    }

    /// <summary><c>Clamp</c>: fails when the limits are in the wrong order.</summary>
    public Value Clamp(Value x, Value low, Value high, ScalarType type)
    {
        Assert(
            Not(Compare(ScalarComparison.Greater, low, high, type)),
            "System.ArgumentException: The lower limit is greater than the upper limit."
        );
        return Select(
            Compare(ScalarComparison.Less, x, low, type),
            low,
            Select(Compare(ScalarComparison.Greater, x, high, type), high, x)
        );
    }

    /// <summary><c>RotateLeft</c> by a scalar count, taken modulo the width.</summary>
    public Value Rotate(Value x, Value count, ScalarType type, bool left)
    {
        var mask = type.Width - 1;
        var n = ShiftCount(count, x, mask);
        var opposite = And(Subtract(Int(0, n), n, type), Int(mask, n));
        return Or(
            Emit(new ShLIOp(Location, x, left ? n : opposite)),
            Emit(new ShRUIOp(Location, x, left ? opposite : n))
        );
    }

    /// <summary>sin(πx) or cos(πx): the whole turns are taken off exactly first.</summary>
    public Value SinCosPi(Value x, ScalarType type, bool cosine)
    {
        // x = n + r with |r| ≤ ½ exactly; a half-integer cosine is a zero that cos(π/2) would miss, so cosines use sin(π(½ − |r|)).
        var n = Emit(new RoundEvenOp(Location, x));
        var r = Subtract(x, n, type);
        var half = Multiply(n, Float(0.5, x), type);
        var odd = Compare(ScalarComparison.NotEqual, half, Emit(new RoundEvenOp(Location, half)), type);
        var argument = cosine ? Subtract(Float(0.5, x), Abs(r, type), type) : r;
        var value = Emit(new SinOp(Location, Multiply(argument, Float(Math.PI, x), type)));

        // sin(πn) keeps the sign of x; every other zero comes out of the subtraction as +0.
        var signed = Select(odd, Negate(value, type), value);
        return cosine
            ? Select(Compare(ScalarComparison.Equal, value, Float(0, x), type), Float(0, x), signed)
            : Select(
                Compare(ScalarComparison.Equal, r, Float(0, x), type),
                Emit(new CopySignOp(Location, Float(0, x), x)),
                signed
            );
    }

    /// <summary>IEEE remainder: x − n·y for the integer n nearest to x/y, ties to even.</summary>
    public Value Ieee754Remainder(Value x, Value y, ScalarType type)
    {
        // r = fmod(x, 2|y|) brings |x| below 2|y|; at most two exact subtractions of |y| remain. Doubling may overflow for huge y,
        // where fmod by |y| alone decides and the comparison uses halves.
        var ay = Abs(y, type);
        var ax = Abs(x, type);
        var doubled = Add(ay, ay, type);
        var reduced = Select(IsFinite(doubled), Emit(new RemFOp(Location, ax, doubled)), ax);
        var halfY = Multiply(ay, Float(0.5, y), type);

        // For tiny y the half is inexact: compare doubled remainders there instead.
        var tiny = Compare(
            ScalarComparison.Less,
            ay,
            Float(type.Width == 64 ? 4.4501477170144028E-308 : 2.3509887E-38, y),
            type
        );
        Value Above(Value r, bool orEqual)
        {
            var comparison = orEqual ? ScalarComparison.GreaterOrEqual : ScalarComparison.Greater;
            return Select(tiny, Compare(comparison, Add(r, r, type), ay, type), Compare(comparison, r, halfY, type));
        }

        var first = Select(Above(reduced, false), Subtract(reduced, ay, type), reduced);
        var second = Select(And(Above(reduced, false), Above(first, true)), Subtract(first, ay, type), first);
        var signX = Select(IsNegative(x, type), Negate(second, type), second);
        var zero = Compare(ScalarComparison.Equal, second, Float(0, x), type);
        var result = Select(zero, Emit(new CopySignOp(Location, Float(0, x), x)), signX);

        // y = ±∞ leaves a finite x as it is; NaN, infinite x and zero y end as NaN through fmod.
        var unchanged = And(IsInfinity(y), IsFinite(x));
        var invalid = Or(
            Or(IsNaN(x), IsNaN(y)),
            Or(IsInfinity(x), Compare(ScalarComparison.Equal, y, Float(0, y), type))
        );
        return Select(invalid, Float(double.NaN, x), Select(unchanged, x, result));
    }

    /// <summary>√(x² + y²) without needless overflow or underflow.</summary>
    public Value Hypot(Value x, Value y, ScalarType type)
    {
        var (ax, ay) = (Abs(x, type), Abs(y, type));
        var (large, small) = (MaxNumber(ax, ay, type), MinNumber(ax, ay, type));
        var ratio = Divide(
            small,
            Select(Compare(ScalarComparison.Equal, large, Float(0, x), type), Float(1, x), large),
            type
        );
        var root = Emit(new SqrtOp(Location, FusedMultiplyAdd(ratio, ratio, Float(1, x))));
        var value = Multiply(large, root, type);
        var infinite = Or(IsInfinity(x), IsInfinity(y));
        var nan = Or(IsNaN(x), IsNaN(y));
        return Select(infinite, Float(double.PositiveInfinity, x), Select(nan, Float(double.NaN, x), value));
    }
}
