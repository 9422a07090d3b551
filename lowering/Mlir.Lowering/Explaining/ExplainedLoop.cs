using System.Collections.Immutable;

namespace Mlir.Lowering;

/// <summary>A loop nest of the compiled kernel: what runs in one pass over its arrays.</summary>
/// <param name="Kind">In words: elementwise, a reduction, rows, a copy.</param>
/// <param name="Iterations">How often its innermost body runs, all steps together.</param>
/// <param name="Steps">What is computed, a line for each step that runs one after another inside.</param>
/// <param name="Sources">The C# text that it comes from, where that is known.</param>
/// <param name="Reads">The arrays that it reads.</param>
/// <param name="Writes">The arrays that it writes.</param>
/// <param name="Operations">About how many simple operations it does; an elementary function counts as 20 or more.</param>
/// <param name="IsMemoryBound">Whether moving its bytes takes longer than its operations, for large arrays.</param>
/// <param name="Threads">Whether and how threads share it.</param>
/// <param name="Vectors">How it is vectorised, or why not.</param>
/// <param name="Scratch">What its steps hand each other in the cache, in bytes for one row.</param>
public sealed record ExplainedLoop(
    string Kind,
    SizeFormula Iterations,
    ImmutableArray<string> Steps,
    ImmutableArray<string> Sources,
    ImmutableArray<ExplainedArray> Reads,
    ImmutableArray<ExplainedArray> Writes,
    SizeFormula Operations,
    bool IsMemoryBound,
    string Threads,
    string Vectors,
    SizeFormula Scratch
)
{
    /// <summary>How many elements the CPU's code takes at a time.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>The width of the widest elements that it computes with.</summary>
    public int WidestBits { get; init; } = 64;

    /// <summary>The bytes read, each counted once.</summary>
    public SizeFormula BytesRead => Sum(Reads);

    /// <summary>The bytes written.</summary>
    public SizeFormula BytesWritten => Sum(Writes);

    private static SizeFormula Sum(ImmutableArray<ExplainedArray> arrays) =>
        arrays.Aggregate(SizeFormula.Zero, (sum, a) => sum + a.Bytes);
}
