namespace Mlir.Dialects.Llvm;

/// <summary>Drops the upper bits of an integer.</summary>
/// <example><code>%r = llvm.trunc %a : i64 to i32</code></example>
[Op("llvm.trunc", Format = "$arg (`overflow` `` $overflowFlags^)? attr-dict `:` type($arg) `to` type($res)")]
public sealed partial class TruncOp : Operation, IPure, IElementwise
{
    /// <summary>The wide integer.</summary>
    [Operand<LlvmInteger>]
    public partial Value Arg { get; }

    /// <summary>Which overflows make the result poison.</summary>
    [Attr(Default = "IntegerOverflowFlags.None")]
    public partial IntegerOverflowFlags OverflowFlags { get; }

    /// <summary>The narrow integer.</summary>
    [Result<LlvmInteger>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LlvmCasts.VerifyNarrower(this, Arg.Type, Res.Type, verifier);
}
