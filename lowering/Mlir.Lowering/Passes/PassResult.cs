using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>What a run of a pipeline said and took.</summary>
/// <param name="Diagnostics">What the passes reported.</param>
/// <param name="Timings">The passes in the order in which they ran.</param>
public sealed record PassResult(IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<PassTiming> Timings)
{
    /// <summary>Whether no error was reported.</summary>
    public bool Succeeded => Diagnostics.All(d => d.Severity != DiagnosticSeverity.Error);

    /// <summary>A table of the time that each pass took, longest first, with the total.</summary>
    public string TimingReport()
    {
        var total = Timings.Sum(t => t.Time.TotalMilliseconds);
        var lines = Timings
            .GroupBy(t => t.Pass)
            .Select(g => (Pass: g.Key, Count: g.Count(), Time: g.Sum(t => t.Time.TotalMilliseconds)))
            .OrderByDescending(g => g.Time)
            .Select(g =>
                FormattableString.Invariant(
                    $"{g.Time, 10:F3} ms {100 * g.Time / Math.Max(total, 1e-9), 5:F1} %  {g.Pass}{(g.Count > 1 ? $" (× {g.Count})" : "")}"
                )
            );
        return string.Join('\n', [.. lines, FormattableString.Invariant($"{total, 10:F3} ms 100.0 %  total")]);
    }
}
