using Mlir.Lowering;

namespace Mlir.Backends;

/// <summary>How fast a target is at best: enough to tell targets apart that differ by much, not to predict a time.</summary>
/// <param name="BytesPerSecond">What its memory reads and writes.</param>
/// <param name="OperationsPerSecond">The simple operations of a loop, such as an addition, that it does in a second.</param>
/// <param name="PerLoop">What it takes to begin a loop.</param>
/// <param name="CopiedBytesPerSecond">What goes between the host's memory and its own; infinite where that is one.</param>
/// <param name="PerCopy">What it takes to begin a copy, or to wait for the result.</param>
public sealed record MachineFigures(
    double BytesPerSecond,
    Func<ExplainedLoop, double> OperationsPerSecond,
    TimeSpan PerLoop,
    double CopiedBytesPerSecond = double.PositiveInfinity,
    TimeSpan PerCopy = default
)
{
    /// <summary>What a call would take: for each loop the longer of its memory's and its operations' time, and the copies.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="loops">The loops, with the shapes of the arguments.</param>
    /// <param name="argumentBytes">What the arrays among the arguments hold.</param>
    /// <returns>Null where the loops' sizes depend on more than the shapes, or where there are loops that <paramref name="loops"/> says nothing about.</returns>
    public ExplainedPlace? Estimate(string target, KernelExplanation loops, long argumentBytes)
    {
        ArgumentNullException.ThrowIfNull(loops);
        if (loops.HasOtherLoops)
        {
            return null;
        }

        var shapes = loops.Shapes ?? [];
        var seconds = 0.0;
        foreach (var loop in loops.Loops)
        {
            if (
                (loop.BytesRead + loop.BytesWritten).Evaluate(shapes) is not { } bytes
                || loop.Operations.Evaluate(shapes) is not { } operations
            )
            {
                return null;
            }

            seconds += PerLoop.TotalSeconds + Math.Max(bytes / BytesPerSecond, operations / OperationsPerSecond(loop));
        }

        if (loops.ResultBytes.Evaluate(shapes) is not { } resultBytes)
        {
            return null;
        }

        var copies = (2 * PerCopy.TotalSeconds) + ((argumentBytes + resultBytes) / CopiedBytesPerSecond);
        return new ExplainedPlace(target, TimeSpan.FromSeconds(seconds + copies), TimeSpan.FromSeconds(copies));
    }
}
