using System.Numerics;
using Mlir.Ptx.Decoding;
using Mlir.Ptx.Execution;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Operations;

/// <summary>Begins a copy from global to shared memory.</summary>
internal sealed unsafe class BeginCopy(AddressPlace to, AddressPlace from, int bytes, int? given, bool isIgnored)
    : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        var registers = warp.Registers;
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            var size = given is { } slot ? ((uint*)(registers + slot))[lane] : (uint)bytes;
            if (isIgnored)
            {
                size = ((*(uint*)(registers + given!.Value)) >> lane & 1) != 0 ? 0 : (uint)bytes;
            }

            if (size > bytes)
            {
                throw warp.Fault(
                    PtxFault.InvalidOperand,
                    1u << lane,
                    $"a copy of {bytes} bytes of which {size} are given"
                );
            }

            warp.Copies.Begin(warp, lane, to.Of(registers, lane), to.Space, from.Of(registers, lane), bytes, (int)size);
        }
    }
}

/// <summary>Ends a group of copies, or waits for groups.</summary>
internal sealed class CopyGroup(bool isCommit, int left) : Instruction
{
    public override void Execute(Warp warp, uint mask)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            if (isCommit)
            {
                warp.Copies.Commit(lane);
            }
            else
            {
                warp.Copies.Wait(warp, lane, left);
            }
        }
    }
}

/// <summary>Decodes copies that go on behind the thread's back.</summary>
internal static class CopyDecoder
{
    // cp.async.cg.shared.global.L2::128B [to], [from], 16, given;   cp.async.commit_group;   cp.async.wait_group 1
    public static Instruction Decode(Decoder decoder)
    {
        _ = decoder.Require("async");
        if (decoder.Has("mbarrier"))
        {
            return BarrierObjectDecoder.ArriveAfterCopies(decoder);
        }

        switch (decoder.OneOf("commit_group", "wait_group", "wait_all"))
        {
            case "commit_group":
                decoder.RequireOperands(0);
                return new CopyGroup(isCommit: true, 0);
            case "wait_all":
                decoder.RequireOperands(0);
                return new CopyGroup(isCommit: false, -1);
            case "wait_group":
                decoder.RequireOperands(1);
                return decoder.Operand(0) is IntegerSyntax { Value: <= int.MaxValue } left
                    ? new CopyGroup(isCommit: false, (int)left.Value)
                    : throw decoder.Fail("needs a number of groups");
        }

        var isGlobalOnly = decoder.Require("ca", "cg") == "cg";
        if (!decoder.Has("global") || MemoryDecoder.Space(decoder) != StateSpace.Shared)
        {
            throw decoder.Fail("copies from .global to .shared only");
        }

        MemoryDecoder.TakeHints(decoder);
        if (decoder.OperandCount is < 3 or > 4)
        {
            throw decoder.Fail("takes 3 or 4 operands");
        }

        if (decoder.Operand(2) is not IntegerSyntax { Value: 4 or 8 or 16 } size || (isGlobalOnly && size.Value != 16))
        {
            throw decoder.Fail(isGlobalOnly ? "copies 16 bytes" : "copies 4, 8 or 16 bytes");
        }

        var isIgnored =
            decoder.OperandCount == 4 && decoder.Operand(3) is RegisterSyntax { Register.Type: PtxType.Pred };
        return new BeginCopy(
            MemoryDecoder.Address(decoder, 0, StateSpace.Shared),
            MemoryDecoder.Address(decoder, 1, StateSpace.Global),
            (int)size.Value,
            decoder.OperandCount == 4 ? decoder.Source(3, isIgnored ? PtxType.Pred : PtxType.U32) : null,
            isIgnored
        );
    }
}
