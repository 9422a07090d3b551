namespace Mlir.Dialects.Llvm;

/// <summary>Rounds an unsigned integer to the nearest float.</summary>
/// <example><code>%r = llvm.uitofp %a : i32 to f64</code></example>
[Op("llvm.uitofp", Format = "(`nneg` $nonNeg^)? $arg attr-dict `:` type($arg) `to` type($res)")]
public sealed partial class UIToFPOp : Operation, IPure, IElementwise
{
    /// <summary>The integer.</summary>
    [Operand<LlvmInteger>]
    public partial Value Arg { get; }

    /// <summary>Whether a negative operand makes the result poison.</summary>
    [Attr]
    public partial bool NonNeg { get; }

    /// <summary>The float.</summary>
    [Result<LlvmFloat>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LlvmCasts.VerifyShape(this, Arg.Type, Res.Type, verifier);
}
