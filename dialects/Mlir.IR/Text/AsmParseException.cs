namespace Mlir.IR.Text;

/// <summary>Ends the parse of a text at its first error; the entry points of <see cref="MlirText"/> turn it into a result.</summary>
public sealed class AsmParseException : Exception
{
    internal AsmParseException(params IReadOnlyList<Diagnostic> diagnostics)
        : base(diagnostics[0].ToString()) => Diagnostics = diagnostics;

    /// <summary>What is wrong, the first error first.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
