using System.Numerics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Waits for the block's threads, or tells them that one has come.</summary>
internal sealed unsafe class BarrierInstruction(int id, int? count, BarrierReduction? reduction) : ControlInstruction
{
    /// <summary>Whether all threads of a warp must be at the same one.</summary>
    public bool IsAligned { get; init; }

    /// <summary>Whether a thread goes on without waiting.</summary>
    public bool IsPassing { get; init; }

    public override void Execute(Warp warp, uint mask)
    {
        warp.KeepOnly(mask);
        var lane = BitOperations.TrailingZeroCount(mask);
        var barrier = ((uint*)(warp.Registers + id))[lane];
        var expected = count is { } slot ? ((uint*)(warp.Registers + slot))[lane] : 0;
        if (barrier >= 16)
        {
            throw warp.Fault(PtxFault.InvalidOperand, mask, $"barrier {barrier} of 16");
        }

        if (expected % 32 != 0 || expected > (uint)warp.Block.Warps.Count * 32 || (count is not null && expected == 0))
        {
            throw warp.Fault(
                PtxFault.InvalidOperand,
                mask,
                $"a barrier of {expected} threads in a block of {warp.Block.Launch.Threads}; it must be a multiple of 32"
            );
        }

        warp.Block.Arrive(warp, this, (int)barrier, (int)expected, mask, reduction?.Predicates(warp) ?? 0);
    }

    /// <summary>Gives a waiting fragment what its barrier has found out.</summary>
    public void Reduce(Fragment fragment, BlockBarrier barrier) => reduction?.Write(fragment, barrier);
}

/// <summary>What a barrier counts among those who come.</summary>
internal sealed unsafe record BarrierReduction(string Operation, int Result, int Predicate, bool IsNegated)
{
    public uint Predicates(Warp warp) => *(uint*)(warp.Registers + Predicate) ^ (IsNegated ? uint.MaxValue : 0);

    public void Write(Fragment fragment, BlockBarrier barrier)
    {
        var place = (uint*)(fragment.Frame.Registers + Result);
        if (Operation == "popc")
        {
            for (var left = fragment.Mask; left != 0; left &= left - 1)
            {
                place[BitOperations.TrailingZeroCount(left)] = (uint)barrier.TrueCount;
            }

            return;
        }

        var isTrue = Operation == "and" ? barrier.TrueCount == barrier.PredicateCount : barrier.TrueCount > 0;
        *place = (*place & ~fragment.Mask) | (isTrue ? fragment.Mask : 0);
    }
}

/// <summary>Orders what a thread did before with what it publishes next.</summary>
internal sealed class Fence : Instruction
{
    public override void Execute(Warp warp, uint mask) => warp.Fence();
}

/// <summary>Orders what a thread knows of in shared memory before what asynchronous units do that are started later.</summary>
/// <remarks>After PTX ISA 9.0, sections 9.7.15.4 and 9.7.13.4: "fence.proxy.async".</remarks>
internal sealed class AsyncFence : Instruction
{
    public override void Execute(Warp warp, uint mask) => warp.Clock.FenceAsync();
}

/// <summary>Decodes barriers and fences.</summary>
internal static class BarrierDecoder
{
    // bar.sync a{, b};  barrier.cta.sync.aligned a;  bar.red.popc.u32 d, a{, b}, p;  bar.arrive a, b;  bar.warp.sync mask
    public static Instruction Barrier(Decoder decoder)
    {
        var isAligned = decoder.Syntax.Opcode == "bar" | decoder.Has("aligned");
        _ = decoder.Has("cta");
        if (decoder.Has("warp"))
        {
            _ = decoder.Require("sync");
            decoder.RequireOperands(1);
            return new WarpBarrier(decoder.Source(0, PtxType.B32));
        }

        switch (decoder.Require("sync", "arrive", "red"))
        {
            case "arrive":
                decoder.RequireOperands(2);
                return new BarrierInstruction(decoder.Source(0, PtxType.U32), decoder.Source(1, PtxType.U32), null)
                {
                    IsAligned = isAligned,
                    IsPassing = true,
                };
            case "sync":
                return new BarrierInstruction(
                    decoder.Source(0, PtxType.U32),
                    decoder.OperandCount == 2 ? decoder.Source(1, PtxType.U32) : null,
                    null
                )
                {
                    IsAligned = isAligned,
                };
            default:
                return Reduction(decoder, isAligned);
        }
    }

    private static BarrierInstruction Reduction(Decoder decoder, bool isAligned)
    {
        var operation = decoder.Require("popc", "and", "or");
        var type = decoder.Type(operation == "popc" ? PtxType.U32 : PtxType.Pred);
        var last = decoder.Operand(decoder.OperandCount - 1);
        var (predicate, isNegated) = last is NotSyntax not ? (not.Operand, true) : (last, false);
        return new(
            decoder.Source(1, PtxType.U32),
            decoder.OperandCount == 4 ? decoder.Source(2, PtxType.U32) : null,
            new(operation, decoder.Destination(0, type), decoder.Source(predicate, PtxType.Pred), isNegated)
        )
        {
            IsAligned = isAligned,
        };
    }

    // membar.gl;  fence.acq_rel.gpu;  fence.sc.sys
    public static Instruction Fence(Decoder decoder)
    {
        if (decoder.Has("proxy"))
        {
            return ProxyFence(decoder);
        }

        if (decoder.Has("mbarrier_init"))
        {
            _ = decoder.Require("release");
            _ = decoder.Require("cluster");
            decoder.RequireOperands(0);
            return new Nothing();
        }

        _ = decoder.OneOf("sc", "acq_rel", "acquire", "release");
        var scope = decoder.Require("cta", "gl", "gpu", "sys", "cluster");
        decoder.RequireOperands(0);
        return scope == "cta" ? new Nothing() : new Fence();
    }

    // fence.proxy.async;  fence.proxy.async.shared::cta;  membar.proxy.alias
    private static Instruction ProxyFence(Decoder decoder)
    {
        var kind = decoder.Require("async", "alias");
        if (kind == "async")
        {
            decoder.RequireTarget("sm_90");
        }

        var space = kind == "async" ? decoder.OneOf("global", "shared::cta", "shared::cluster") : "";
        decoder.RequireOperands(0);
        return space is null or "shared::cta" or "shared::cluster" ? new AsyncFence() : new Nothing();
    }

    public static Instruction Sleep(Decoder decoder)
    {
        _ = decoder.Type(PtxType.U32);
        decoder.RequireOperands(1);
        _ = decoder.Source(0, PtxType.U32);
        return new Nothing();
    }
}
