using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Mlir.Dialects.Builtin;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>What became of a function's array operations: which run in one loop, what the loops move and compute, and what was not fused and why.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="ArrayOperations">How many operations on whole arrays the function had.</param>
/// <param name="Loops">The loops in the order in which they run.</param>
/// <param name="Temporaries">The arrays between them.</param>
public sealed record KernelExplanation(
    string Function,
    int ArrayOperations,
    ImmutableArray<ExplainedLoop> Loops,
    ImmutableArray<ExplainedTemporary> Temporaries
)
{
    /// <summary>The shapes of the arguments that figures are printed for; null for formulas alone.</summary>
    public IReadOnlyList<long[]?>? Shapes { get; init; }

    /// <summary>
    /// Whether the function goes around loops or from element to element besides, as scans, sorting and <c>Loop.For</c> do: how often and how long is not
    /// said here.
    /// </summary>
    public bool HasOtherLoops { get; init; }

    /// <summary>What the call would take where it could run, the first one where it does; empty where there is nothing to choose.</summary>
    public ImmutableArray<ExplainedPlace> Places { get; init; } = [];

    /// <summary>The bytes of the arrays among the results.</summary>
    public SizeFormula ResultBytes =>
        Loops
            .SelectMany(static loop => loop.Writes)
            .Where(array => !Temporaries.Any(temporary => temporary.Name == array.Name))
            .GroupBy(static array => array.Name, static array => array.Bytes) // some are filled first
            .Aggregate(SizeFormula.Zero, static (sum, bytes) => sum + bytes.MaxBy(static b => b.Typical(Large))!);

    private const double Large = 1 << 12;

    /// <summary>Explains the public functions of a module as <paramref name="pipeline"/> compiles them.</summary>
    /// <param name="module">A module at the tensor level. It is not changed.</param>
    /// <param name="pipeline">The backend's passes; those of the CPU where they make no loops.</param>
    /// <exception cref="DiagnosticException">The module is invalid or cannot be compiled.</exception>
    public static ImmutableArray<KernelExplanation> Of(ModuleOp module, PassPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(pipeline);
        return Explainer.Explain(module, pipeline);
    }

    /// <summary>The same with figures for arguments of these shapes.</summary>
    /// <param name="shapes">The shapes of the function's arguments in order; null for scalars.</param>
    public KernelExplanation For(params IReadOnlyList<long[]?> shapes) => this with { Shapes = shapes };

    /// <summary>The explanation in words and figures.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var total = Temporaries.Aggregate(SizeFormula.Zero, (sum, t) => sum + t.Bytes);
        Line(
            $"{Function}: {Count(ArrayOperations, "array operation")} in {Count(Loops.Length, "loop")}, "
                + (
                    Temporaries.IsEmpty
                        ? "no temporary arrays"
                        : $"{Count(Temporaries.Length, "temporary array")} of {Figure(total, "bytes")}"
                )
        );
        for (var i = 0; i < Loops.Length; i++)
        {
            var loop = Loops[i];
            Line($"loop {i + 1}: {loop.Kind}, {Figure(loop.Iterations, "iterations")}");
            foreach (var step in loop.Steps)
            {
                Line($"  computes {step}");
            }

            if (!loop.Sources.IsEmpty)
            {
                Line($"  from     {string.Join("; ", loop.Sources)}");
            }

            Arrays("reads ", loop.Reads, loop.BytesRead);
            Arrays("writes", loop.Writes, loop.BytesWritten);
            if (loop.Scratch.ToString() != "0")
            {
                Line($"  keeps    {Figure(loop.Scratch, "bytes")} between its steps in the cache");
            }

            Line(
                $"  costs    about {Figure(loop.Operations, "operations")}; bound by {(loop.IsMemoryBound ? "memory" : "computation")}"
            );
            Line($"  runs     {loop.Threads}, {loop.Vectors}");
        }

        foreach (var temporary in Temporaries)
        {
            Line($"temporary {temporary.Name}: {Figure(temporary.Bytes, "bytes")}, because {temporary.Reason}");
        }

        if (!Places.IsEmpty)
        {
            Line($"runs on {string.Join("; on ", Places.Select(Describe))}");
        }

        return text.ToString();

        static string Describe(ExplainedPlace place) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{place.Target}: about {place.Time.TotalMicroseconds:N0} µs{(place.Copies > TimeSpan.Zero ? $", copies {place.Copies.TotalMicroseconds:N0} µs of it" : "")}"
            );

        void Line(string line) => text.Append(line).Append('\n');

        void Arrays(string verb, ImmutableArray<ExplainedArray> arrays, SizeFormula bytes)
        {
            if (!arrays.IsEmpty)
            {
                var names = arrays.Select(a => a.Parts > 1 ? $"{a.Name} in {a.Parts} parts" : a.Name);
                Line($"  {verb}   {Figure(bytes, "bytes")}: {string.Join(", ", names)}");
            }
        }
    }

    private string Figure(SizeFormula formula, string unit)
    {
        var text = formula.ToString();
        return
            Shapes is not null
            && formula.Evaluate(Shapes) is { } value
            && value.ToString("N0", CultureInfo.InvariantCulture) is var figure
            && figure != text
            ? $"{text} = {figure} {unit}"
            : $"{text} {unit}";
    }

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
