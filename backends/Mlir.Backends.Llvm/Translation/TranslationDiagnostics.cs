using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>What can stop a module of the <c>llvm</c> dialect on its way to LLVM IR.</summary>
internal static class TranslationDiagnostics
{
    /// <summary>An op of another dialect reached the last step, or one that has no rule.</summary>
    public static readonly DiagnosticTemplate NoRule = new(
        "MLIR5001",
        DiagnosticSeverity.Error,
        "'{0}' has no translation to LLVM IR"
    );

    /// <summary>The target's code generator would abort the process.</summary>
    public static readonly DiagnosticTemplate CannotSelect = new(
        "MLIR5002",
        DiagnosticSeverity.Error,
        "'{0}' cannot be compiled for {1}: {2}"
    );

    /// <summary>An attribute does not describe a constant of the type.</summary>
    public static readonly DiagnosticTemplate BadConstant = new(
        "MLIR5003",
        DiagnosticSeverity.Error,
        "{0} is no constant of type {1}"
    );

    /// <summary>A kind of linkage that kernels have no use for.</summary>
    public static readonly DiagnosticTemplate Linkage = new(
        "MLIR5004",
        DiagnosticSeverity.Error,
        "linkage '{0}' is not supported"
    );

    /// <summary>A global's initializer computes something at run time.</summary>
    public static readonly DiagnosticTemplate NotConstant = new(
        "MLIR5005",
        DiagnosticSeverity.Error,
        "the initializer of '@{0}' does not fold to a constant"
    );

    public static DiagnosticException NoConstant(Operation op, IrAttribute attribute) =>
        new(BadConstant.At(op.Location, attribute, op.Results.Count > 0 ? op.Results[0].Type : "the global"));
}
