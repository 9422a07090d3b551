using System.Numerics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>
/// An instruction for which threads of a warp come together: those of a member mask, or all that have not exited.
/// </summary>
internal abstract unsafe class WarpInstruction(int? members) : ControlInstruction
{
    public override void Execute(Warp warp, uint mask)
    {
        warp.KeepOnly(mask);
        if (IsComplete(warp, warp.Registers, mask, mask))
        {
            Exchange(warp, warp.Registers, mask);
            warp.Continue();
        }
        else
        {
            warp.Wait(this);
        }
    }

    /// <summary>Whether, for each of these lanes, all threads are there that it waits for.</summary>
    public bool IsComplete(Warp warp, byte* registers, uint lanes, uint present)
    {
        if (members is not { } slot)
        {
            return (warp.Alive & ~present) == 0;
        }

        var wanted = (uint*)(registers + slot);
        for (var left = lanes; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            if ((wanted[lane] >> lane & 1) == 0)
            {
                throw warp.Fault(
                    PtxFault.InvalidOperand,
                    1u << lane,
                    $"the member mask 0x{wanted[lane]:x8} lacks the thread itself, lane {lane}"
                );
            }

            if ((wanted[lane] & warp.Alive & ~present) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Does the work for all lanes that have come.</summary>
    public abstract void Exchange(Warp warp, byte* registers, uint lanes);

    /// <summary>The lanes that work together with one of them.</summary>
    protected uint Group(byte* registers, int lane, uint lanes) =>
        members is { } slot ? ((uint*)(registers + slot))[lane] & lanes : lanes;
}

/// <summary>Waits for threads of the warp; what they did before lies before what they do next.</summary>
internal sealed unsafe class WarpBarrier(int members) : WarpInstruction(members)
{
    public override void Exchange(Warp warp, byte* registers, uint lanes) => warp.Clock.Advance();
}

/// <summary>Reads another lane's register.</summary>
internal sealed unsafe class Shuffle(string mode, int result, int? found, int value, int source, int clamp, int members)
    : WarpInstruction(members)
{
    public override void Exchange(Warp warp, byte* registers, uint lanes)
    {
        var values = stackalloc uint[32];
        new Span<uint>(registers + value, 32).CopyTo(new(values, 32));
        var to = (uint*)(registers + result);
        uint inside = 0;
        for (var left = lanes; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            var from = Source(registers, lane, out var isInside);
            inside |= isInside ? 1u << lane : 0;
            if ((lanes >> from & 1) == 0)
            {
                throw warp.Fault(
                    PtxFault.InvalidOperand,
                    1u << lane,
                    $"lane {lane} reads from lane {from}, which does not take part"
                );
            }

            to[lane] = values[from];
        }

        if (found is { } slot)
        {
            var place = (uint*)(registers + slot);
            *place = (*place & ~lanes) | (inside & lanes);
        }
    }

    // The third operand holds the size of the segments and the lane at which they end.
    private int Source(byte* registers, int lane, out bool isInside)
    {
        var b = (int)(((uint*)(registers + source))[lane] & 31);
        var c = ((uint*)(registers + clamp))[lane];
        var (limit, segment) = ((int)(c & 31), (int)(c >> 8 & 31));
        var highest = (lane & segment) | (limit & ~segment & 31);
        var lowest = lane & segment;
        var from = mode switch
        {
            "up" => lane - b,
            "down" => lane + b,
            "bfly" => lane ^ b,
            _ => lowest | (b & ~segment & 31),
        };
        isInside = mode == "up" ? from >= highest : from <= highest;
        return isInside ? from : lane;
    }
}

/// <summary>Tells each lane about the predicates of all.</summary>
internal sealed unsafe class Vote(string mode, int result, int predicate, bool isNegated, int members)
    : WarpInstruction(members)
{
    public override void Exchange(Warp warp, byte* registers, uint lanes)
    {
        var predicates = *(uint*)(registers + predicate) ^ (isNegated ? uint.MaxValue : 0);
        uint truth = 0;
        for (var left = lanes; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            var group = Group(registers, lane, lanes);
            var votes = predicates & group;
            if (mode == "ballot")
            {
                ((uint*)(registers + result))[lane] = votes;
                continue;
            }

            var isTrue = mode switch
            {
                "all" => votes == group,
                "any" => votes != 0,
                _ => votes == group || votes == 0,
            };
            truth |= isTrue ? 1u << lane : 0;
        }

        if (mode != "ballot")
        {
            var place = (uint*)(registers + result);
            *place = (*place & ~lanes) | truth;
        }
    }
}

/// <summary>Finds the lanes that hold the same value.</summary>
internal sealed unsafe class Match(bool isAll, int bytes, int result, int? agreed, int value, int members)
    : WarpInstruction(members)
{
    public override void Exchange(Warp warp, byte* registers, uint lanes)
    {
        uint agreeing = 0;
        var results = stackalloc uint[32];
        for (var left = lanes; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            var group = Group(registers, lane, lanes);
            uint same = 0;
            for (var others = group; others != 0; others &= others - 1)
            {
                var other = BitOperations.TrailingZeroCount(others);
                same |= Value(registers, other) == Value(registers, lane) ? 1u << other : 0;
            }

            var areEqual = same == group;
            agreeing |= areEqual ? 1u << lane : 0;
            results[lane] = !isAll || areEqual ? same : 0;
        }

        for (var left = lanes; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            ((uint*)(registers + result))[lane] = results[lane];
        }

        if (agreed is { } slot)
        {
            var place = (uint*)(registers + slot);
            *place = (*place & ~lanes) | agreeing;
        }
    }

    private ulong Value(byte* registers, int lane) =>
        bytes == 8 ? ((ulong*)(registers + value))[lane] : ((uint*)(registers + value))[lane];
}

/// <summary>Combines an integer of all lanes.</summary>
internal sealed unsafe class Reduce(Func<uint, uint, uint> combine, int result, int value, int members)
    : WarpInstruction(members)
{
    public override void Exchange(Warp warp, byte* registers, uint lanes)
    {
        var values = (uint*)(registers + value);
        var results = stackalloc uint[32];
        for (var left = lanes; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            var group = Group(registers, lane, lanes);
            var total = values[BitOperations.TrailingZeroCount(group)];
            for (var others = group & (group - 1); others != 0; others &= others - 1)
            {
                total = combine(total, values[BitOperations.TrailingZeroCount(others)]);
            }

            results[lane] = total;
        }

        for (var left = lanes; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            ((uint*)(registers + result))[lane] = results[lane];
        }
    }
}

/// <summary>The lanes that run together just now.</summary>
internal sealed unsafe class ActiveMask(int result) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        for (var left = mask; left != 0; left &= left - 1)
        {
            ((uint*)(warp.Registers + result))[BitOperations.TrailingZeroCount(left)] = mask;
        }
    }
}

/// <summary>Decodes what the threads of a warp do together.</summary>
internal static class WarpDecoder
{
    // shfl.sync.bfly.b32 d|p, a, b, c, members
    public static Instruction Shuffle(Decoder decoder)
    {
        _ = decoder.Require("sync");
        var mode = decoder.Require("up", "down", "bfly", "idx");
        _ = decoder.Type(PtxType.B32);
        decoder.RequireOperands(5);
        var (result, found) = Pair(decoder, PtxType.B32);
        return new Shuffle(
            mode,
            result,
            found,
            decoder.Source(1, PtxType.B32),
            decoder.Source(2, PtxType.B32),
            decoder.Source(3, PtxType.B32),
            decoder.Source(4, PtxType.B32)
        );
    }

    // vote.sync.ballot.b32 d, p, members;  vote.sync.all.pred p, q, members
    public static Instruction Vote(Decoder decoder)
    {
        _ = decoder.Require("sync");
        var mode = decoder.Require("all", "any", "uni", "ballot");
        var type = decoder.Type(mode == "ballot" ? PtxType.B32 : PtxType.Pred);
        decoder.RequireOperands(3);
        var (predicate, isNegated) = decoder.Operand(1) is NotSyntax not
            ? (not.Operand, true)
            : (decoder.Operand(1), false);
        return new Vote(
            mode,
            decoder.Destination(0, type),
            decoder.Source(predicate, PtxType.Pred),
            isNegated,
            decoder.Source(2, PtxType.B32)
        );
    }

    // match.any.sync.b32 d, a, members;  match.all.sync.b64 d|p, a, members
    public static Instruction Match(Decoder decoder)
    {
        var isAll = decoder.Require("any", "all") == "all";
        _ = decoder.Require("sync");
        var type = decoder.Type(PtxType.B32, PtxType.B64);
        decoder.RequireOperands(3);
        var (result, agreed) = Pair(decoder, PtxType.B32);
        return new Match(isAll, type.Bytes, result, agreed, decoder.Source(1, type), decoder.Source(2, PtxType.B32));
    }

    // redux.sync.add.s32 d, a, members
    public static Instruction Reduce(Decoder decoder)
    {
        _ = decoder.Require("sync");
        var operation = decoder.Require("add", "min", "max", "and", "or", "xor");
        var type = decoder.Type(PtxType.U32, PtxType.S32, PtxType.B32);
        decoder.RequireOperands(3);
        Func<uint, uint, uint> combine = (operation, type) switch
        {
            ("add", _) => (x, y) => x + y,
            ("and", _) => (x, y) => x & y,
            ("or", _) => (x, y) => x | y,
            ("xor", _) => (x, y) => x ^ y,
            ("min", PtxType.S32) => (x, y) => (uint)Math.Min((int)x, (int)y),
            ("max", PtxType.S32) => (x, y) => (uint)Math.Max((int)x, (int)y),
            ("min", _) => Math.Min,
            _ => Math.Max,
        };
        return new Reduce(
            combine,
            decoder.Destination(0, PtxType.B32),
            decoder.Source(1, PtxType.B32),
            decoder.Source(2, PtxType.B32)
        );
    }

    public static Instruction ActiveMask(Decoder decoder)
    {
        _ = decoder.Type(PtxType.B32);
        decoder.RequireOperands(1);
        return new ActiveMask(decoder.Destination(0, PtxType.B32));
    }

    /// <summary>A destination with an optional predicate: <c>d|p</c>.</summary>
    private static (int First, int? Second) Pair(Decoder decoder, PtxType type) =>
        decoder.Operand(0) is PairSyntax pair
            ? (decoder.Destination(pair.First, type), decoder.Destination(pair.Second, PtxType.Pred))
            : (decoder.Destination(0, type), null);
}
