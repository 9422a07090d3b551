using System.Numerics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Does something to an <c>mbarrier</c>, lane by lane.</summary>
internal sealed unsafe class BarrierObjectInstruction(AddressPlace address, BarrierObjectAction action) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            action(warp, lane, address.Of(warp.Registers, lane), address.Space);
        }
    }
}

/// <summary>What a lane does to the object at an address.</summary>
internal delegate void BarrierObjectAction(Warp warp, int lane, ulong address, StateSpace space);

/// <summary>Looks whether a phase is complete, and may wait for that a while.</summary>
internal sealed unsafe class BarrierObjectTest(
    AddressPlace address,
    int result,
    int phase,
    bool isParity,
    bool isWaiting
) : ControlInstruction
{
    public override void Execute(Warp warp, uint mask)
    {
        warp.KeepOnly(mask);
        uint complete = 0;
        for (var left = mask; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            var wanted = isParity ? ((uint*)(warp.Registers + phase))[lane] : ((ulong*)(warp.Registers + phase))[lane];
            complete |= warp.Block.Objects.IsComplete(
                warp,
                lane,
                address.Of(warp.Registers, lane),
                address.Space,
                wanted,
                isParity
            )
                ? 1u << lane
                : 0;
        }

        if (isWaiting && complete == 0 && !warp.Fragment.HasWaited)
        {
            // It comes here again when a phase of some object is complete, or when nobody else can go on.
            warp.Fragment.State = FragmentState.AtObject;
            return;
        }

        warp.Fragment.HasWaited = false;
        var place = (uint*)(warp.Registers + result);
        *place = (*place & ~mask) | complete;
        warp.Continue();
    }
}

/// <summary>Decodes what is done to <c>mbarrier</c>s.</summary>
/// <remarks>After PTX ISA 9.0, section 9.7.13.15; of several blocks, as in clusters, nothing is known here.</remarks>
internal static unsafe class BarrierObjectDecoder
{
    // mbarrier.init.shared.b64 [a], n;  mbarrier.arrive.shared.b64 s, [a], n;  mbarrier.try_wait.parity.shared.b64 p, [a], n
    public static Instruction Decode(Decoder decoder)
    {
        var operation = decoder.Require(
            "init",
            "inval",
            "expect_tx",
            "complete_tx",
            "arrive",
            "arrive_drop",
            "test_wait",
            "try_wait",
            "pending_count"
        );

        if (operation is "expect_tx" or "complete_tx" or "try_wait")
        {
            decoder.RequireTarget("sm_90");
        }

        // Before "shared": the modifiers behind "arrive" share names with operations.
        return operation switch
        {
            "init" => Create(decoder),
            "inval" => Destroy(decoder),
            "expect_tx" when decoder.Has("arrive") => Arrive(decoder, announces: true, isDropped: false),
            "expect_tx" when decoder.Has("arrive_drop") => Arrive(decoder, announces: true, isDropped: true),
            "expect_tx" => Announce(decoder, sign: 1),
            "complete_tx" => Announce(decoder, sign: -1),
            "arrive" => Arrive(decoder, announces: false, isDropped: false),
            "arrive_drop" => Arrive(decoder, announces: false, isDropped: true),
            "pending_count" => PendingCount(decoder),
            _ => Test(decoder, isWaiting: operation == "try_wait"),
        };
    }

    private static Instruction Create(Decoder decoder)
    {
        var place = Object(decoder, 0, 2);
        var count = decoder.Source(1, PtxType.U32);
        return new BarrierObjectInstruction(
            place,
            (warp, lane, address, space) =>
                warp.Block.Objects.Create(warp, lane, address, space, ((uint*)(warp.Registers + count))[lane])
        );
    }

    private static Instruction Destroy(Decoder decoder) =>
        new BarrierObjectInstruction(
            Object(decoder, 0, 1),
            (warp, lane, address, space) => warp.Block.Objects.Destroy(warp, lane, address, space)
        );

    private static Instruction Announce(Decoder decoder, int sign)
    {
        var place = Object(decoder, 0, 2);
        var bytes = decoder.Source(1, PtxType.U32);
        return new BarrierObjectInstruction(
            place,
            (warp, lane, address, space) =>
                warp.Block.Objects.Announce(warp, lane, address, space, sign * ((int*)(warp.Registers + bytes))[lane])
        );
    }

    private static Instruction Arrive(Decoder decoder, bool announces, bool isDropped)
    {
        var isIncomplete = decoder.Has("noComplete");
        var place = Object(decoder, 1, 2, announces || isIncomplete ? 3 : null, 3);
        var state = decoder.Destination(0, PtxType.B64);
        int? given = decoder.OperandCount == 3 ? decoder.Source(2, PtxType.U32) : null;
        return new BarrierObjectInstruction(
            place,
            (warp, lane, address, space) =>
            {
                var number = given is { } slot ? ((uint*)(warp.Registers + slot))[lane] : 1;
                ((ulong*)(warp.Registers + state))[lane] = warp.Block.Objects.Arrive(
                    warp,
                    lane,
                    address,
                    space,
                    new(announces ? 1 : number, announces ? (int)number : 0, isDropped, isIncomplete)
                );
            }
        );
    }

    private static Instruction Test(Decoder decoder, bool isWaiting)
    {
        var isParity = decoder.Has("parity");
        var place = Object(decoder, 1, 3, null, isWaiting ? 4 : 3);
        if (decoder.OperandCount == 4)
        {
            _ = decoder.Source(3, PtxType.U32); // how long it may wait
        }

        return new BarrierObjectTest(
            place,
            decoder.Destination(0, PtxType.Pred),
            decoder.Source(2, isParity ? PtxType.U32 : PtxType.B64),
            isParity,
            isWaiting
        );
    }

    private static Map<ulong, uint> PendingCount(Decoder decoder)
    {
        _ = decoder.Type(PtxType.B64);
        decoder.RequireOperands(2);
        return new(decoder.Destination(0, PtxType.U32), decoder.Source(1, PtxType.B64), BarrierObject.PendingOf);
    }

    // cp.async.mbarrier.arrive.noinc.shared.b64 [a]: the copies begun before have come then, which is as good a time as any.
    /// <summary>Lets an object hear of the end of copies.</summary>
    public static Instruction ArriveAfterCopies(Decoder decoder)
    {
        _ = decoder.Require("arrive");
        var isCounted = decoder.Has("noinc");
        return new BarrierObjectInstruction(
            Object(decoder, 0, 1),
            (warp, lane, address, space) =>
            {
                warp.Copies.Wait(warp, lane, -1);
                if (isCounted)
                {
                    _ = warp.Block.Objects.Arrive(warp, lane, address, space, new(1, 0, false, false));
                }
            }
        );
    }

    private static AddressPlace Object(Decoder decoder, int index, int least, int? only = null, int? most = null)
    {
        _ = decoder.OneOf("release", "relaxed", "acquire") is not null && decoder.OneOf("cta", "cluster") is not null;
        var space = MemoryDecoder.Space(decoder);
        if (space is not (StateSpace.Generic or StateSpace.Shared))
        {
            throw decoder.Fail("is in shared memory only");
        }

        _ = decoder.Type(PtxType.B64);
        if (decoder.OperandCount < (only ?? least) || decoder.OperandCount > (only ?? most ?? least))
        {
            throw decoder.Fail($"takes {only ?? least} operands, and has {decoder.OperandCount}");
        }

        return MemoryDecoder.Address(decoder, index, space);
    }
}
