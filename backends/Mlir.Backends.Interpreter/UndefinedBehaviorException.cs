using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>The program did something that has no defined result; compiled code may do anything at that point.</summary>
public sealed class UndefinedBehaviorException : Exception
{
    /// <summary>The operation at hand has no defined result.</summary>
    public static readonly DiagnosticTemplate Undefined = new(
        "MLIR6001",
        DiagnosticSeverity.Error,
        "undefined behaviour: '{0}' {1}"
    );

    /// <summary>An exception for one operation.</summary>
    public UndefinedBehaviorException(string operation, string what, Location location)
        : this(Undefined.At(location, operation, what)) { }

    private UndefinedBehaviorException(Diagnostic diagnostic)
        : base(diagnostic.ToString()) => Diagnostic = diagnostic;

    /// <summary>What happened, and where in the source.</summary>
    public Diagnostic Diagnostic { get; }
}
