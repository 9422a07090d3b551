using Mlir.Ptx.Operations;

namespace Mlir.Ptx.Execution;

/// <summary>
/// Four neighbouring warps that multiply matrices together. Here each of them computes its own rows whenever it comes; that all of them come to the same
/// instructions with the same descriptors, in the same order, is looked at afterwards.
/// </summary>
internal sealed class Warpgroup(Block block, int index)
{
    /// <summary>The warps of a group.</summary>
    public const int Warps = 4;

    private readonly Queue<Step> steps = new();
    private readonly long[] done = new long[Warps];
    private long first;

    private readonly record struct Step(WarpInstruction Instruction, (ulong A, ulong B, bool IsAdded) Values);

    /// <summary>For the next block.</summary>
    public void Reset()
    {
        steps.Clear();
        Array.Clear(done);
        first = 0;
    }

    /// <summary>A warp comes to an instruction that all four execute.</summary>
    public void Come(Warp warp, WarpInstruction instruction, (ulong A, ulong B, bool IsAdded) values = default)
    {
        var number = done[warp.Index % Warps]++ - first;
        var step = new Step(instruction, values);
        if (number == steps.Count)
        {
            steps.Enqueue(step);
        }
        else if (steps.ElementAt((int)number) is var others && others != step)
        {
            throw warp.Fault(
                PtxFault.BarrierDivergence,
                1,
                others.Instruction == instruction
                    ? "the warps of a group give different descriptors, or not the same predicate"
                    : $"another warp of its group was at line {others.Instruction.Syntax.Position.Line} instead: {others.Instruction.Syntax.Text}"
            );
        }

        while (steps.Count > 0 && done.Min() > first)
        {
            _ = steps.Dequeue();
            first++;
        }
    }

    /// <summary>The block is done: nobody may have left the others alone.</summary>
    public void CheckEnd()
    {
        if (steps.TryPeek(out var left) && (block.Launch.Checks & PtxChecks.BarrierDivergence) != 0)
        {
            var missing = (index * Warps) + Array.IndexOf(done, done.Min());
            throw block.Fault(
                PtxFault.BarrierDivergence,
                left.Instruction.Syntax,
                missing * 32,
                $"warp {missing} has exited without coming to it; all four warps of a group execute it"
            );
        }
    }
}
