namespace Mlir.IR;

/// <summary>Collects what is wrong with operations while they are verified.</summary>
public sealed class OpVerifier
{
    /// <summary>A verifier rule was broken.</summary>
    public static readonly DiagnosticTemplate Broken = new("MLIR2001", DiagnosticSeverity.Error, "'{0}' op {1}");

    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Whether nothing was found.</summary>
    public bool Succeeded => _diagnostics.Count == 0;

    /// <summary>Reports that <paramref name="op"/> is wrong; the message goes on after <c>'name' op </c>.</summary>
    public void Error(Operation op, string message) => _diagnostics.Add(Broken.At(op.Location, op.Name, message));

    /// <summary>Reports a diagnostic as it is.</summary>
    public void Report(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);
}
