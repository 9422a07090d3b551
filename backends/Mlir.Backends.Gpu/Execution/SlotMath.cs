using Mlir.Lowering.Gpu;

namespace Mlir.Backends.Gpu.Execution;

/// <summary>How the host computes with the slots of a plan.</summary>
internal static class SlotMath
{
    /// <summary>The result of an operation.</summary>
    public static long Compute(PlanOperation operation, long first, long second, long third) =>
        operation switch
        {
            PlanOperation.Add => first + second,
            PlanOperation.Subtract => first - second,
            PlanOperation.Multiply => first * second,
            PlanOperation.DivideSigned => second switch
            {
                0 => 0,
                -1 => -first, // the least number divided by -1 wraps
                _ => first / second,
            },
            PlanOperation.DivideUnsigned => second == 0 ? 0 : (long)((ulong)first / (ulong)second),
            PlanOperation.RemainderSigned => second is 0 or -1 ? 0 : first % second,
            PlanOperation.RemainderUnsigned => second == 0 ? 0 : (long)((ulong)first % (ulong)second),
            PlanOperation.MinSigned => Math.Min(first, second),
            PlanOperation.MaxSigned => Math.Max(first, second),
            PlanOperation.MinUnsigned => (long)Math.Min((ulong)first, (ulong)second),
            PlanOperation.MaxUnsigned => (long)Math.Max((ulong)first, (ulong)second),
            PlanOperation.And => first & second,
            PlanOperation.Or => first | second,
            PlanOperation.Xor => first ^ second,
            PlanOperation.ShiftLeft => (ulong)second > 63 ? 0 : first << (int)second,
            PlanOperation.ShiftRightSigned => first >> (int)Math.Min((ulong)second, 63),
            PlanOperation.ShiftRightUnsigned => (ulong)second > 63 ? 0 : (long)((ulong)first >> (int)second),
            PlanOperation.Equal => first == second ? 1 : 0,
            PlanOperation.NotEqual => first != second ? 1 : 0,
            PlanOperation.LessSigned => first < second ? 1 : 0,
            PlanOperation.LessOrEqualSigned => first <= second ? 1 : 0,
            PlanOperation.LessUnsigned => (ulong)first < (ulong)second ? 1 : 0,
            PlanOperation.LessOrEqualUnsigned => (ulong)first <= (ulong)second ? 1 : 0,
            PlanOperation.Select => first != 0 ? second : third,
            PlanOperation.SignExtend => second is <= 0 or >= 64
                ? first
                : first << (int)(64 - second) >> (int)(64 - second),
            PlanOperation.ZeroExtend => second is <= 0 or >= 64 ? first : first & ((1L << (int)second) - 1),
            _ => ComputeFloat(operation, first, second, third),
        };

    private static long ComputeFloat(PlanOperation operation, long first, long second, long third)
    {
        var (a, b) = (BitConverter.Int64BitsToDouble(first), BitConverter.Int64BitsToDouble(second));
        return operation switch
        {
            PlanOperation.AddFloat => Bits(a + b),
            PlanOperation.SubtractFloat => Bits(a - b),
            PlanOperation.MultiplyFloat => Bits(a * b),
            PlanOperation.DivideFloat => Bits(a / b),
            PlanOperation.RemainderFloat => Bits(a % b),
            PlanOperation.MinFloat => Bits(Math.Min(a, b)),
            PlanOperation.MaxFloat => Bits(Math.Max(a, b)),
            PlanOperation.MinNumber => Bits(double.MinNumber(a, b)),
            PlanOperation.MaxNumber => Bits(double.MaxNumber(a, b)),
            PlanOperation.SquareRoot => Bits(Math.Sqrt(a)),
            PlanOperation.Floor => Bits(Math.Floor(a)),
            PlanOperation.Ceiling => Bits(Math.Ceiling(a)),
            PlanOperation.Truncate => Bits(Math.Truncate(a)),
            PlanOperation.RoundEven => Bits(Math.Round(a, MidpointRounding.ToEven)),
            PlanOperation.FusedMultiplyAdd => Bits(Math.FusedMultiplyAdd(a, b, BitConverter.Int64BitsToDouble(third))),
            PlanOperation.FusedMultiplyAdd32 => Bits(
                MathF.FusedMultiplyAdd(Single(first), Single(second), Single(third))
            ),
            PlanOperation.LessFloat => a < b ? 1 : 0,
            PlanOperation.LessOrEqualFloat => a <= b ? 1 : 0,
            PlanOperation.WidenFloat16 => Bits((double)BitConverter.UInt16BitsToHalf((ushort)first)),
            PlanOperation.WidenFloat32 => Bits((double)Single(first)),
            PlanOperation.RoundToFloat16 => BitConverter.HalfToUInt16Bits((Half)a),
            PlanOperation.RoundToFloat32 => Bits((float)a),
            PlanOperation.SignedToFloat => Bits((double)first),
            PlanOperation.SignedToFloat32 => Bits((float)first),
            PlanOperation.UnsignedToFloat => Bits((double)(ulong)first),
            PlanOperation.UnsignedToFloat32 => Bits((float)(ulong)first),
            PlanOperation.FloatToSigned => (long)a,
            PlanOperation.FloatToUnsigned => (long)(ulong)a,
            _ => throw new ArgumentOutOfRangeException(
                nameof(operation),
                operation,
                "A plan holds an unknown operation."
            ),
        };
    }

    private static float Single(long slot) => BitConverter.UInt32BitsToSingle((uint)slot);

    private static long Bits(double number) => BitConverter.DoubleToInt64Bits(number);

    private static long Bits(float number) => BitConverter.SingleToUInt32Bits(number);
}
