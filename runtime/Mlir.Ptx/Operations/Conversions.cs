using System.Numerics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Converts each lane's value; it is read in its own width and written in that of the register.</summary>
internal sealed unsafe class Convert(
    (int Slot, int Bytes) result,
    (int Slot, int Bytes) source,
    Func<ulong, ulong> function
) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        var registers = warp.Registers;
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            var value = Lanes.Read(registers + source.Slot + (lane * source.Bytes), source.Bytes, isSigned: false);
            Lanes.Write(registers + result.Slot, result.Bytes, lane, function(value));
        }
    }
}

/// <summary>Decodes conversions between types.</summary>
internal static class ConversionDecoder
{
    // cvt.rzi.s32.f32 d, a;  cvt.rn.bf16x2.f32 d, upper, lower;  cvt.sat.u8.s32;  cvt.rna.tf32.f32;  cvt.u64.u32
    public static Instruction Decode(Decoder decoder)
    {
        var integral = decoder.OneOf("rni", "rzi", "rmi", "rpi");
        var rounding = FloatDecoder.Mode(decoder);
        var (isFlushed, isSaturated, isRelu) = (decoder.Has("ftz"), decoder.Has("sat"), decoder.Has("relu"));
        var (to, from) = (decoder.Type(), decoder.Type());
        if (to is PtxType.F16x2 or PtxType.BF16x2)
        {
            return Pack(decoder, to, from, rounding, isRelu);
        }

        decoder.RequireOperands(2);
        var result = decoder.WideDestination(decoder.Operand(0), to.Bytes == 1 ? PtxType.B16 : to);
        var source = decoder.WideSource(decoder.Operand(1), from.Bytes == 1 ? PtxType.B16 : from);
        var isReluOrSaturated = isSaturated || isRelu;
        var function = (from.IsFloat, to.IsFloat) switch
        {
            (false, false) => Integers(from, to, isSaturated),
            (false, true) => FromInteger(from, to, rounding, isSaturated),
            (true, false) => ToInteger(
                from,
                to,
                integral ?? throw decoder.Fail("needs .rni, .rzi, .rmi or .rpi"),
                isFlushed
            ),
            _ => Floating(from, to, integral, rounding, isFlushed, isSaturated, isRelu),
        };
        if (
            (from is PtxType.B16 or PtxType.B32 or PtxType.B64 or PtxType.B8)
            || (isRelu && !to.IsFloat)
            || (isReluOrSaturated && isRelu && isSaturated)
        )
        {
            throw decoder.Fail("is not known");
        }

        return new Convert(result, source, function);
    }

    // The first operand becomes the upper half.
    private static Map<float, float, uint> Pack(
        Decoder decoder,
        PtxType to,
        PtxType from,
        Rounding rounding,
        bool isRelu
    )
    {
        decoder.RequireOperands(3);
        if (from != PtxType.F32)
        {
            throw decoder.Fail("packs singles (.f32) only");
        }

        var format = to == PtxType.F16x2 ? FloatFormat.Half : FloatFormat.Brain;
        uint Half(float x) => (uint)Encode(isRelu && x <= 0 ? 0 : x, format, rounding);
        return new(
            decoder.Destination(0, to),
            decoder.Source(1, from),
            decoder.Source(2, from),
            (upper, lower) => (Half(upper) << 16) | Half(lower)
        );
    }

    private static Func<ulong, ulong> Integers(PtxType from, PtxType to, bool isSaturated)
    {
        if (!isSaturated)
        {
            // The value as its type says it, then cut to the other type and filled up as that one says.
            return value => Extend(Extend(value, from), to);
        }

        return value =>
        {
            var number = from.IsSigned ? (Int128)(long)Extend(value, from) : (Int128)Extend(value, from);
            var (least, most) = Range(to);
            return (ulong)Int128.Clamp(number, least, most);
        };
    }

    private static Func<ulong, ulong> FromInteger(PtxType from, PtxType to, Rounding rounding, bool isSaturated)
    {
        var format = Format(to);
        return value =>
        {
            var extended = Extend(value, from);
            var isNegative = from.IsSigned && (long)extended < 0;
            if (isSaturated)
            {
                extended = isNegative ? 0 : Math.Min(extended, 1);
                isNegative = false;
            }

            // What a double holds exactly takes the short way.
            var magnitude = isNegative ? 0 - extended : extended;
            return magnitude <= 1UL << 53
                ? Encode(isNegative ? -(double)magnitude : magnitude, format, rounding)
                : Place(new Exact(isNegative ? -(BigInteger)magnitude : magnitude, 0).Round(format, rounding), format);
        };
    }

    private static Func<ulong, ulong> ToInteger(PtxType from, PtxType to, string integral, bool isFlushed)
    {
        var (least, most) = Range(to);
        var notANumber = from == PtxType.F64 || to.Bytes == 8 ? 1UL << ((to.Bytes * 8) - 1) : 0;
        return value =>
        {
            var number = Decode(value, from);
            number = isFlushed ? FlushSingle(number) : number;
            if (double.IsNaN(number))
            {
                return notANumber;
            }

            number = Integral(number, integral);
            return number <= (double)least ? (ulong)least
                : number >= (double)most ? (ulong)most
                : to.IsSigned ? (ulong)(long)number
                : (ulong)number;
        };
    }

    private static Func<ulong, ulong> Floating(
        PtxType from,
        PtxType to,
        string? integral,
        Rounding rounding,
        bool isFlushed,
        bool isSaturated,
        bool isRelu
    )
    {
        var format = Format(to);
        return value =>
        {
            var number = Decode(value, from);
            number = isFlushed && from == PtxType.F32 ? FlushSingle(number) : number;
            number = integral is null ? number : Integral(number, integral);
            number =
                isSaturated ? Floats.Saturate(number)
                : isRelu && number <= 0 ? 0
                : number;
            var bits = Encode(number, format, rounding);
            return isFlushed && to == PtxType.F32
                ? BitConverter.SingleToUInt32Bits(Floats.Flush(BitConverter.UInt32BitsToSingle((uint)bits)))
                : bits;
        };
    }

    private static double FlushSingle(double x) => Math.Abs(x) < Floats.SmallestNormal ? Math.CopySign(0, x) : x;

    private static double Integral(double x, string mode) =>
        mode switch
        {
            "rni" => Math.Round(x, MidpointRounding.ToEven),
            "rzi" => Math.Truncate(x),
            "rmi" => Math.Floor(x),
            _ => Math.Ceiling(x),
        };

    private static (Int128 Least, Int128 Most) Range(PtxType type)
    {
        var bits = type.Bytes * 8;
        return type.IsSigned
            ? (-(Int128.One << (bits - 1)), (Int128.One << (bits - 1)) - 1)
            : (0, (Int128.One << bits) - 1);
    }

    private static ulong Extend(ulong value, PtxType type) =>
        (type.Bytes, type.IsSigned) switch
        {
            (1, true) => (ulong)(sbyte)value,
            (1, _) => (byte)value,
            (2, true) => (ulong)(short)value,
            (2, _) => (ushort)value,
            (4, true) => (ulong)(int)value,
            (4, _) => (uint)value,
            _ => value,
        };

    private static FloatFormat Format(PtxType type) =>
        type switch
        {
            PtxType.F16 => FloatFormat.Half,
            PtxType.BF16 => FloatFormat.Brain,
            PtxType.TF32 => FloatFormat.Tensor,
            PtxType.F32 => FloatFormat.Single,
            _ => FloatFormat.Double,
        };

    private static double Decode(ulong bits, PtxType type) =>
        type switch
        {
            PtxType.F16 => Halves.Value((ushort)bits),
            PtxType.BF16 => Brains.Value((ushort)bits),
            PtxType.F64 => BitConverter.UInt64BitsToDouble(bits),
            _ => BitConverter.UInt32BitsToSingle((uint)bits),
        };

    private static ulong Encode(double value, FloatFormat format, Rounding rounding)
    {
        if (rounding != Rounding.NearestEven || format == FloatFormat.Tensor)
        {
            return Place(Floats.Convert(value, format, rounding), format);
        }

        return format.Bits switch
        {
            64 => BitConverter.DoubleToUInt64Bits(value),
            32 => BitConverter.SingleToUInt32Bits(Floats.Canonical((float)value)),
            _ when format == FloatFormat.Brain => Brains.Round(value),
            _ => double.IsNaN(value) ? Halves.CanonicalBits : BitConverter.HalfToUInt16Bits((Half)value),
        };
    }

    // TensorFloat lies in the upper bits of a single.
    private static ulong Place(ulong bits, FloatFormat format) => format == FloatFormat.Tensor ? bits << 13 : bits;
}
