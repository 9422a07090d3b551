namespace Mlir.Dialects.Llvm;

/// <summary>Extends an integer with zeros.</summary>
/// <example><code>%r = llvm.zext %a : i32 to i64</code></example>
[Op("llvm.zext", Format = "(`nneg` $nonNeg^)? $arg attr-dict `:` type($arg) `to` type($res)")]
public sealed partial class ZExtOp : Operation, IPure, IElementwise
{
    /// <summary>The narrow integer.</summary>
    [Operand<LlvmInteger>]
    public partial Value Arg { get; }

    /// <summary>Whether a negative operand makes the result poison.</summary>
    [Attr]
    public partial bool NonNeg { get; }

    /// <summary>The wide integer.</summary>
    [Result<LlvmInteger>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LlvmCasts.VerifyWider(this, Arg.Type, Res.Type, verifier);
}
