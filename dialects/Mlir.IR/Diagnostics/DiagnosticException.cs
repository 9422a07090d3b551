namespace Mlir.IR;

/// <summary>Ends an operation that cannot go on; carries the diagnostics that say why.</summary>
public sealed class DiagnosticException : Exception
{
    /// <summary>An exception for one or more diagnostics.</summary>
    public DiagnosticException(params IReadOnlyList<Diagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics)) => Diagnostics = diagnostics;

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
