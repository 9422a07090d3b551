using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Why a module from outside is refused, under stable codes.</summary>
internal static class UntrustedErrors
{
    private static DiagnosticTemplate Error(int code, string format) =>
        new($"MLIR{code}", DiagnosticSeverity.Error, format);

    /// <summary>More bytes than the limit.</summary>
    public static readonly DiagnosticTemplate TooLong = Error(3501, "a module of {0} bytes is over the limit of {1}");

    /// <summary>Bytes that are no UTF-8.</summary>
    public static readonly DiagnosticTemplate NotText = Error(
        3502,
        "the module is not UTF-8 text: byte {0} is invalid"
    );

    /// <summary>An operation that is not on the list.</summary>
    public static readonly DiagnosticTemplate Operation = Error(
        3503,
        "'{0}' is not admitted in a module from outside: {1}"
    );

    /// <summary>A type that is not on the list.</summary>
    public static readonly DiagnosticTemplate Type = Error(
        3504,
        "'{0}' has a value of type '{1}', which is not admitted in a module from outside: only i1, i8, i16, i32, i64, index, f16, f32, f64 and tensors of them are"
    );

    /// <summary>An attribute that could steer the lowering.</summary>
    public static readonly DiagnosticTemplate Attribute = Error(
        3505,
        "'{0}' carries the attribute '{1}', which is not admitted in a module from outside"
    );

    /// <summary>A function's name that could be taken for another symbol.</summary>
    public static readonly DiagnosticTemplate Name = Error(
        3506,
        "the function name '@{0}' is not admitted in a module from outside: {1}"
    );

    /// <summary>A module without anything to call.</summary>
    public static readonly DiagnosticTemplate NoFunction = Error(3507, "the module has no public function");

    /// <summary>A defect of this library that the module brought to light.</summary>
    public static readonly DiagnosticTemplate Internal = Error(
        3599,
        "internal error while the module was checked ({0}); please report this module"
    );
}
