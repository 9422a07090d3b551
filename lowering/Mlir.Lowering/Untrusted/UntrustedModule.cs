using System.Text;
using System.Text.Unicode;
using Mlir.Dialects.Arith;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Cf;
using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Math;
using Mlir.Dialects.Scf;
using Mlir.Dialects.Tensor;
using Mlir.IR;
using Mlir.IR.Text;

namespace Mlir.Lowering;

/// <summary>
/// Reads modules that come from outside: parsed within limits, verified, and refused unless every operation in them is one that cannot
/// touch memory other than its own tensors once <see cref="GenerateRuntimeVerification"/> has put its checks in.
/// </summary>
public static class UntrustedModule
{
    private const string FileName = "<module>";

    // What is not needed is not even parsed.
    private static readonly DialectRegistry Dialects = new(
        new BuiltinDialect(),
        new FuncDialect(),
        new ArithDialect(),
        new MathDialect(),
        new CfDialect(),
        new ScfDialect(),
        new TensorDialect(),
        new LinalgDialect()
    );

    /// <summary>Parses UTF-8 text.</summary>
    /// <param name="text">The text of one module at the tensor level.</param>
    /// <param name="limits">How large it may be; null for <see cref="UntrustedLimits.Default"/>.</param>
    /// <exception cref="DiagnosticException">The text is not admitted; each diagnostic says why and where.</exception>
    public static ModuleOp Parse(ReadOnlySpan<byte> text, UntrustedLimits? limits = null)
    {
        limits ??= UntrustedLimits.Default;
        CheckLength(text.Length, limits);
        if (!Utf8.IsValid(text))
        {
            throw new DiagnosticException(UntrustedErrors.NotText.At(Start, FirstInvalid(text)));
        }

        return ParseChecked(Encoding.UTF8.GetString(text), limits);
    }

    /// <summary>Parses text.</summary>
    /// <param name="text">The text of one module at the tensor level.</param>
    /// <param name="limits">How large it may be; null for <see cref="UntrustedLimits.Default"/>.</param>
    /// <exception cref="DiagnosticException">The text is not admitted; each diagnostic says why and where.</exception>
    public static ModuleOp Parse(string text, UntrustedLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        limits ??= UntrustedLimits.Default;

        // Never less than the characters, so that a text that is far too long is not walked.
        CheckLength(text.Length, limits);
        CheckLength(Encoding.UTF8.GetByteCount(text), limits);
        return ParseChecked(text, limits);
    }

    private static Location Start { get; } = new FileLineColLoc(FileName, 1, 1);

    private static ModuleOp ParseChecked(string text, UntrustedLimits limits)
    {
        var parsed = MlirText.Parse(text, Dialects, limits.ToParserOptions(), FileName).ValueOrThrow();
        try
        {
            // First, so that no verifier runs that is not needed, and none on a large graph of blocks.
            Admission.CheckStructure(parsed);
            Verifier.VerifyOrThrow(parsed);
            return Admission.Check(parsed);
        }
        catch (Exception e) when (e is not (DiagnosticException or OutOfMemoryException or ThreadInterruptedException))
        {
            // A defect in a verifier must not take the caller down with it: the module is refused.
            throw new DiagnosticException(UntrustedErrors.Internal.At(Start, e.GetType().Name + ": " + e.Message));
        }
    }

    private static void CheckLength(int length, UntrustedLimits limits)
    {
        if (length > limits.MaxBytes)
        {
            throw new DiagnosticException(UntrustedErrors.TooLong.At(Start, length, limits.MaxBytes));
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
