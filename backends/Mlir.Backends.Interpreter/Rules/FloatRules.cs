using Mlir.Dialects.Arith;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>An operation on doubles.</summary>
internal interface IFloatOperation
{
    /// <summary>The exact or double result.</summary>
    static abstract double Apply(double a, double b);
}

/// <summary>Addition.</summary>
internal readonly struct AddOperation : IFloatOperation
{
    public static double Apply(double a, double b) => a + b;
}

/// <summary>Subtraction.</summary>
internal readonly struct SubtractOperation : IFloatOperation
{
    public static double Apply(double a, double b) => a - b;
}

/// <summary>Multiplication.</summary>
internal readonly struct MultiplyOperation : IFloatOperation
{
    public static double Apply(double a, double b) => a * b;
}

/// <summary>Division.</summary>
internal readonly struct DivideOperation : IFloatOperation
{
    public static double Apply(double a, double b) => a / b;
}

/// <summary>The remainder.</summary>
internal readonly struct RemainderOperation : IFloatOperation
{
    public static double Apply(double a, double b) => a % b;
}

/// <summary>The larger one, NaN if either is.</summary>
internal readonly struct MaximumOperation : IFloatOperation
{
    public static double Apply(double a, double b) => Math.Max(a, b);
}

/// <summary>The smaller one, NaN if either is.</summary>
internal readonly struct MinimumOperation : IFloatOperation
{
    public static double Apply(double a, double b) => Math.Min(a, b);
}

/// <summary>The larger one, or the one that is a number.</summary>
internal readonly struct MaxNumOperation : IFloatOperation
{
    public static double Apply(double a, double b) => double.MaxNumber(a, b);
}

/// <summary>The smaller one, or the one that is a number.</summary>
internal readonly struct MinNumOperation : IFloatOperation
{
    public static double Apply(double a, double b) => double.MinNumber(a, b);
}

/// <summary>An operation rounded to a format.</summary>
internal readonly struct FloatRule<TFormat, TOperation> : IScalarRule
    where TFormat : struct, IFloatFormat
    where TOperation : struct, IFloatOperation
{
    public long Apply(long a, long b, long c) => TFormat.Encode(TOperation.Apply(TFormat.Decode(a), TFormat.Decode(b)));
}

/// <summary>A function of up to two floats, rounded to a format.</summary>
internal readonly struct FloatFunctionRule<TFormat>(Func<double, double, double> function) : IScalarRule
    where TFormat : struct, IFloatFormat
{
    public long Apply(long a, long b, long c) => TFormat.Encode(function(TFormat.Decode(a), TFormat.Decode(b)));
}

/// <summary>A power with an integer exponent.</summary>
internal readonly struct FloatPowerRule<TFormat> : IScalarRule
    where TFormat : struct, IFloatFormat
{
    public long Apply(long a, long b, long c) => TFormat.Encode(Math.Pow(TFormat.Decode(a), b));
}

/// <summary>Multiply and add, rounded once.</summary>
internal readonly struct FmaRule<TFormat> : IScalarRule
    where TFormat : struct, IFloatFormat
{
    public long Apply(long a, long b, long c) => TFormat.Fma(a, b, c);
}

/// <summary>The first operand limited to a range.</summary>
internal readonly struct ClampRule<TFormat> : IScalarRule
    where TFormat : struct, IFloatFormat
{
    public long Apply(long a, long b, long c) =>
        TFormat.Encode(Math.Min(Math.Max(TFormat.Decode(a), TFormat.Decode(b)), TFormat.Decode(c)));
}

/// <summary>Flips the sign bit.</summary>
internal readonly struct NegateRule<TFormat> : IScalarRule
    where TFormat : struct, IFloatFormat
{
    public long Apply(long a, long b, long c) => a ^ TFormat.SignBit;
}

/// <summary>Clears the sign bit.</summary>
internal readonly struct AbsoluteRule<TFormat> : IScalarRule
    where TFormat : struct, IFloatFormat
{
    public long Apply(long a, long b, long c) => a & ~TFormat.SignBit;
}

/// <summary>The first operand with the sign bit of the second.</summary>
internal readonly struct CopySignRule<TFormat> : IScalarRule
    where TFormat : struct, IFloatFormat
{
    public long Apply(long a, long b, long c) => (a & ~TFormat.SignBit) | (b & TFormat.SignBit);
}

/// <summary>A relation between floats.</summary>
internal readonly struct CompareFloatsRule<TFormat>(CmpFPredicate predicate) : IScalarRule
    where TFormat : struct, IFloatFormat
{
    public long Apply(long a, long b, long c) => predicate.Holds(TFormat.Decode(a), TFormat.Decode(b)) ? -1 : 0;
}

/// <summary>A question about a float.</summary>
internal readonly struct ClassifyRule(FloatType format, Func<FloatType, UInt128, bool> question) : IScalarRule
{
    public long Apply(long a, long b, long c) =>
        question(format, format.Width >= 64 ? (ulong)a : (ulong)a & ((1UL << format.Width) - 1)) ? -1 : 0;
}

/// <summary>Between float formats.</summary>
internal readonly struct ConvertFloatRule<TFrom, TTo> : IScalarRule
    where TFrom : struct, IFloatFormat
    where TTo : struct, IFloatFormat
{
    public long Apply(long a, long b, long c) => TTo.Encode(TFrom.Decode(a));
}

/// <summary>To a narrower format with a rounding mode other than the usual one.</summary>
internal readonly struct RoundFloatRule<TFrom>(FloatType to, RoundingMode mode) : IScalarRule
    where TFrom : struct, IFloatFormat
{
    public long Apply(long a, long b, long c) => (long)(ulong)FloatRounding.Round(to, TFrom.Decode(a), mode);
}

/// <summary>From integers to floats.</summary>
internal readonly struct IntegerToFloatRule<TFormat>(int precision, int unsignedShift) : IScalarRule
    where TFormat : struct, IFloatFormat
{
    /// <summary>Marks signed operands.</summary>
    public const int Signed = -1;

    public long Apply(long a, long b, long c)
    {
        if (unsignedShift == Signed)
        {
            return TFormat.Encode(
                a < 0
                    ? -IntegerMath.ToDouble((UInt128)(-(Int128)a), precision)
                    : IntegerMath.ToDouble((ulong)a, precision)
            );
        }

        return TFormat.Encode(IntegerMath.ToDouble((ulong)a << unsignedShift >> unsignedShift, precision));
    }
}

/// <summary>From floats to integers: towards zero. What does not fit has no defined result in the IR; here it saturates, and NaN gives zero.</summary>
internal readonly struct FloatToIntegerRule<TFormat>(int width, bool signed) : IScalarRule
    where TFormat : struct, IFloatFormat
{
    public long Apply(long a, long b, long c)
    {
        var value = Math.Truncate(TFormat.Decode(a));
        var shift = 64 - width;
        if (signed)
        {
            var limit = Math.ScaleB(1, width - 1);
            return value >= limit ? long.MaxValue >> shift
                : value < -limit ? long.MinValue >> shift
                : double.IsNaN(value) ? 0
                : (long)value;
        }

        var result =
            value >= Math.ScaleB(1, width) ? ulong.MaxValue >> shift
            : value > 0 ? (ulong)value
            : 0UL;
        return (long)result << shift >> shift;
    }
}
