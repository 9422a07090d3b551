using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>A loop whose iterations are threads.</summary>
/// <param name="Begin">Its first number.</param>
/// <param name="End">The number at which it ends.</param>
/// <param name="Step">What lies between two numbers.</param>
/// <param name="Places">Where the loop stands: once, or several times one after the other with the same numbers; and which of the loops there it is.</param>
internal sealed record ThreadLoop(
    Value Begin,
    Value End,
    Value Step,
    IReadOnlyList<(Operation Loop, int Number)> Places
)
{
    /// <summary>A loop as threads; null where it carries something from one iteration to the next.</summary>
    public static ThreadLoop? Of(Operation op, int number = 0) =>
        op switch
        {
            ForOp { Results.Count: 0, UnsignedCmp: false } loop when loop.InductionVar.Type is IndexType => new(
                loop.LowerBound,
                loop.UpperBound,
                loop.Step,
                [(op, 0)]
            ),
            ParallelOp { Results.Count: 0 } loop => new(
                loop.LowerBound[number],
                loop.UpperBound[number],
                loop.Step[number],
                [(op, number)]
            ),
            _ => null,
        };

    /// <summary>The number of a loop's iteration.</summary>
    public static Value InductionVar(Operation loop, int number) => loop.Regions[0].Single.Arguments[number];

    /// <summary>Whether both have the same numbers.</summary>
    public bool HasNumbersOf(ThreadLoop other) =>
        HostValues.AreSame(Begin, other.Begin)
        && HostValues.AreSame(End, other.End)
        && HostValues.AreSame(Step, other.Step);
}
