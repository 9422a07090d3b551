using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>What a pass knows of the run that it is part of.</summary>
/// <param name="Cancellation">Ends the run early; long passes look at it now and then.</param>
public sealed record PassContext(CancellationToken Cancellation = default)
{
    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>What passes reported so far.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Whether an error was reported; the pipeline stops after the pass that did.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Reports <paramref name="diagnostic"/>; an error ends the pipeline after the pass at hand.</summary>
    public void Report(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        HasErrors |= diagnostic.Severity == DiagnosticSeverity.Error;
    }
}
