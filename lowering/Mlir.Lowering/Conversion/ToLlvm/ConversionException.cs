using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Ends a conversion that cannot go on.</summary>
internal sealed class ConversionException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    /// <summary>The conversion to LLVM does not know what to do with an operation or type.</summary>
    public static readonly DiagnosticTemplate Unsupported = new(
        "MLIR3101",
        DiagnosticSeverity.Error,
        "'{0}' cannot be turned into LLVM IR: {1}"
    );

    /// <summary>Why.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;

    /// <summary>The exception for <paramref name="op"/>.</summary>
    public static ConversionException For(Operation op, string reason) =>
        new(Unsupported.At(op.Location, op.Name, reason));
}
