using Mlir.Ptx.Decoding;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Decodes arithmetic on halves and bfloat16, alone or two in a register.</summary>
internal static class HalfDecoder
{
    public static bool IsHalf(PtxType type) => type is PtxType.F16 or PtxType.BF16 or PtxType.F16x2 or PtxType.BF16x2;

    private static bool IsBrain(PtxType type) => type is PtxType.BF16 or PtxType.BF16x2;

    // add.rn.f16 d, a, b;  mul.bf16x2;  min.NaN.f16x2
    public static Instruction Binary(Decoder decoder, string operation)
    {
        _ = decoder.Has("rn");
        var (isFlushed, isSaturated, isNaN) = (decoder.Has("ftz"), decoder.Has("sat"), decoder.Has("NaN"));
        var type = decoder.Type();
        var isBrain = IsBrain(type);
        Func<ushort, ushort, ushort> function = operation switch
        {
            "add" => isBrain ? Brains.Add : Halves.Add,
            "sub" => isBrain ? Brains.Subtract : Halves.Subtract,
            "mul" => isBrain ? Brains.Multiply : Halves.Multiply,
            "min" => (x, y) => Extreme(x, y, isBrain, isNaN, MathF.Min, float.MinNumber),
            _ => (x, y) => Extreme(x, y, isBrain, isNaN, MathF.Max, float.MaxNumber),
        };
        var outcome = Finish(isBrain, isFlushed, isSaturated, isRelu: false);
        var income = Flush(isBrain, isFlushed);
        decoder.RequireOperands(3);
        var (result, a, b) = (decoder.Destination(0, type), decoder.Source(1, type), decoder.Source(2, type));
        ushort Lane(ushort x, ushort y) => outcome(function(income(x), income(y)));
        return type.Bytes == 2
            ? new Map<ushort, ushort, ushort>(result, a, b, Lane)
            : new Map<uint, uint, uint>(result, a, b, (x, y) => Packed.Apply(x, y, Lane));
    }

    // fma.rn.relu.bf16x2 d, a, b, c
    public static Instruction MultiplyAdd(Decoder decoder)
    {
        _ = decoder.Require("rn");
        var (isFlushed, isSaturated, isRelu) = (decoder.Has("ftz"), decoder.Has("sat"), decoder.Has("relu"));
        var type = decoder.Type();
        var isBrain = IsBrain(type);
        Func<ushort, ushort, ushort, ushort> function = isBrain ? Brains.MultiplyAdd : Halves.MultiplyAdd;
        var outcome = Finish(isBrain, isFlushed, isSaturated, isRelu);
        var income = Flush(isBrain, isFlushed);
        decoder.RequireOperands(4);
        var result = decoder.Destination(0, type);
        var (a, b, c) = (decoder.Source(1, type), decoder.Source(2, type), decoder.Source(3, type));
        ushort Lane(ushort x, ushort y, ushort z) => outcome(function(income(x), income(y), income(z)));
        return type.Bytes == 2
            ? new Map<ushort, ushort, ushort, ushort>(result, a, b, c, Lane)
            : new Map<uint, uint, uint, uint>(result, a, b, c, (x, y, z) => Packed.Apply(x, y, z, Lane));
    }

    // neg.f16 d, a;  abs.bf16x2 d, a
    public static Instruction Sign(Decoder decoder, string operation)
    {
        var isFlushed = decoder.Has("ftz");
        var type = decoder.Type();
        var income = Flush(IsBrain(type), isFlushed);
        decoder.RequireOperands(2);
        var (result, a) = (decoder.Destination(0, type), decoder.Source(1, type));
        Func<ushort, ushort> lane =
            operation == "neg" ? x => (ushort)(income(x) ^ 0x8000) : x => (ushort)(income(x) & 0x7FFF);
        return type.Bytes == 2
            ? new Map<ushort, ushort>(result, a, lane)
            : new Map<uint, uint>(result, a, x => Packed.Apply(x, lane));
    }

    /// <summary>A function that the hardware approximates, for one or two values of sixteen bits.</summary>
    public static Instruction Approximate(Decoder decoder, PtxType type, Func<float, float> function)
    {
        decoder.RequireOperands(2);
        var (result, a) = (decoder.Destination(0, type), decoder.Source(1, type));
        Func<ushort, ushort> lane = IsBrain(type)
            ? x => Brains.Bits(function(Brains.Value(x)))
            : x => Halves.Bits(function(Halves.Value(x)));
        return type.Bytes == 2
            ? new Map<ushort, ushort>(result, a, lane)
            : new Map<uint, uint>(result, a, x => Packed.Apply(x, lane));
    }

    private static ushort Extreme(
        ushort x,
        ushort y,
        bool isBrain,
        bool isNaN,
        Func<float, float, float> withNaN,
        Func<float, float, float> ofNumbers
    )
    {
        var extreme = isNaN ? withNaN : ofNumbers;
        return isBrain
            ? Brains.Bits(extreme(Brains.Value(x), Brains.Value(y)))
            : Halves.Bits(extreme(Halves.Value(x), Halves.Value(y)));
    }

    private static Func<ushort, ushort> Flush(bool isBrain, bool isFlushed)
    {
        var exponent = isBrain ? 0x7F80 : 0x7C00;
        return isFlushed ? x => (x & exponent) == 0 ? (ushort)(x & 0x8000) : x : x => x;
    }

    private static Func<ushort, ushort> Finish(bool isBrain, bool isFlushed, bool isSaturated, bool isRelu)
    {
        var flush = Flush(isBrain, isFlushed);
        return isSaturated
                ? x =>
                    isBrain
                        ? Brains.Bits(Floats.Saturate(Brains.Value(x)))
                        : Halves.Bits(Floats.Saturate(Halves.Value(x)))
            : isRelu
                ? x =>
                    (x & 0x7FFF) > (isBrain ? 0x7F80 : 0x7C00) ? Halves.CanonicalBits
                    : (x & 0x8000) != 0 ? (ushort)0
                    : flush(x)
            : flush;
    }
}
