using System.Numerics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Puts several values into the parts of one, or takes it apart.</summary>
internal sealed unsafe class Repack((int Slot, int Bytes)[] from, (int Slot, int Bytes)[] to) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        var registers = warp.Registers;
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            ulong whole = 0;
            var shift = 0;
            foreach (var (slot, bytes) in from)
            {
                whole |= Lanes.Read(registers + slot + (lane * bytes), bytes, isSigned: false) << shift;
                shift += bytes * 8;
            }

            shift = 0;
            foreach (var (slot, bytes) in to)
            {
                Lanes.Write(registers + slot, bytes, lane, whole >> shift);
                shift += bytes * 8;
            }
        }
    }
}

/// <summary>Reads a counter: the instructions that the warp has done stand for clock cycles.</summary>
internal sealed unsafe class ReadClock(int result, int bytes) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        var now = (ulong)warp.Counts.Sum();
        for (; mask != 0; mask &= mask - 1)
        {
            Lanes.Write(warp.Registers + result, bytes, BitOperations.TrailingZeroCount(mask), now);
        }
    }
}

/// <summary>Decodes moves.</summary>
internal static class MoveDecoder
{
    // mov.b32 d, a;  mov.b64 {a,b}, d;  mov.b32 d, {a,b};  mov.pred p, q;  mov.u32 d, %tid.x;  mov.b64 d, variable
    public static Instruction Move(Decoder decoder)
    {
        var type = decoder.Type();
        decoder.RequireOperands(2);
        if (type == PtxType.Pred)
        {
            var predicate = decoder.Source(1, type);
            return new PredicateMap(decoder.Destination(0, type), predicate, predicate, (x, _) => x);
        }

        if (type.Bytes < 2)
        {
            throw decoder.Fail($"is not known for .{type.Name}");
        }

        if (decoder.Operand(0) is ListSyntax || decoder.Operand(1) is ListSyntax)
        {
            return new Repack(Parts(decoder, 1, type, decoder.Source), Parts(decoder, 0, type, decoder.Destination));
        }

        if (decoder.Operand(1) is SpecialSyntax { Name: "%clock" or "%clock_hi" or "%clock64" or "%globaltimer" })
        {
            return new ReadClock(decoder.Destination(0, type), type.Bytes);
        }

        var (result, x) = (decoder.Destination(0, type), decoder.Source(1, type));
        return type.Bytes switch
        {
            2 => new VectorMap<ushort, Copy<ushort>>(result, x, x, x),
            4 => new VectorMap<uint, Copy<uint>>(result, x, x, x),
            _ => new VectorMap<ulong, Copy<ulong>>(result, x, x, x),
        };
    }

    private static (int Slot, int Bytes)[] Parts(
        Decoder decoder,
        int index,
        PtxType type,
        Func<OperandSyntax, PtxType, int> place
    )
    {
        if (decoder.Operand(index) is not ListSyntax list)
        {
            return [(place(decoder.Operand(index), type), type.Bytes)];
        }

        var part = (type.Bytes, list.Items.Count) switch
        {
            (4, 2) or (8, 4) => PtxType.B16,
            (8, 2) => PtxType.B32,
            _ => throw Decoder.Fail(list.Position, $"{list.Items.Count} values do not make one of type .{type.Name}"),
        };
        return [.. list.Items.Select(item => (place(item, part), part.Bytes))];
    }
}
