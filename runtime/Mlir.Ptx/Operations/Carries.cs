using System.Numerics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Additions and subtractions that hand a carry on to the next one.</summary>
internal sealed unsafe class Carries(
    bool isSubtraction,
    bool readsCarry,
    bool writesCarry,
    int bytes,
    int result,
    int x,
    int y
) : Instruction
{
    // addc.cc.u32 d, a, b;  subc.u64
    public static Carries Decode(Decoder decoder, string operation, bool readsCarry, bool writesCarry)
    {
        writesCarry |= decoder.Has("cc");
        var type = decoder.Type(PtxType.U32, PtxType.S32, PtxType.U64, PtxType.S64);
        decoder.RequireOperands(3);
        return new(
            operation.StartsWith("sub", StringComparison.Ordinal),
            readsCarry,
            writesCarry,
            type.Bytes,
            decoder.Destination(0, type),
            decoder.Source(1, type),
            decoder.Source(2, type)
        );
    }

    public override void Execute(Warp warp, uint mask)
    {
        var registers = warp.Registers;
        for (var left = mask; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            UInt128 a = Lanes.Read(registers + x + (lane * bytes), bytes, isSigned: false);
            UInt128 b = Lanes.Read(registers + y + (lane * bytes), bytes, isSigned: false);
            UInt128 carry = readsCarry ? warp.Carry >> lane & 1 : 0;
            var total = isSubtraction ? a - b - carry : a + b + carry;
            Lanes.Write(registers + result, bytes, lane, (ulong)total);
            if (writesCarry)
            {
                var isSet = (total >> (8 * bytes)) != 0;
                warp.Carry = (warp.Carry & ~(1u << lane)) | (isSet ? 1u << lane : 0);
            }
        }
    }
}

/// <summary>Adds one half of a product and hands the carry on to the next addition.</summary>
internal sealed unsafe class CarriedProducts(
    bool isHigh,
    bool readsCarry,
    bool writesCarry,
    PtxType type,
    int result,
    (int X, int Y, int Addend) sources
) : Instruction
{
    // mad.lo.cc.u32 d, a, b, c;  madc.hi.u64 d, a, b, c
    public static CarriedProducts Decode(Decoder decoder, string part, bool readsCarry)
    {
        var writesCarry = decoder.Has("cc");
        var type = decoder.Type(PtxType.U32, PtxType.S32, PtxType.U64, PtxType.S64);
        decoder.RequireOperands(4);
        return new(
            part == "hi",
            readsCarry,
            writesCarry,
            type,
            decoder.Destination(0, type),
            (decoder.Source(1, type), decoder.Source(2, type), decoder.Source(3, type))
        );
    }

    public override void Execute(Warp warp, uint mask)
    {
        var registers = warp.Registers;
        var bytes = type.Bytes;
        for (var left = mask; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            var x = Lanes.Read(registers + sources.X + (lane * bytes), bytes, type.IsSigned);
            var y = Lanes.Read(registers + sources.Y + (lane * bytes), bytes, type.IsSigned);
            var product = type.IsSigned ? (UInt128)((Int128)(long)x * (long)y) : (UInt128)x * y;
            var half = (ulong)(isHigh ? product >> (8 * bytes) : product);
            half = bytes == 4 ? (uint)half : half;
            UInt128 addend = Lanes.Read(registers + sources.Addend + (lane * bytes), bytes, isSigned: false);
            UInt128 carry = readsCarry ? warp.Carry >> lane & 1 : 0;
            var total = (UInt128)half + addend + carry;
            Lanes.Write(registers + result, bytes, lane, (ulong)total);
            if (writesCarry)
            {
                var isSet = (total >> (8 * bytes)) != 0;
                warp.Carry = (warp.Carry & ~(1u << lane)) | (isSet ? 1u << lane : 0);
            }
        }
    }
}
