namespace Mlir.Dialects.Llvm;

/// <summary>Extends an integer with copies of its sign.</summary>
/// <example><code>%r = llvm.sext %a : i32 to i64</code></example>
[Op("llvm.sext", Format = "$arg attr-dict `:` type($arg) `to` type($res)")]
public sealed partial class SExtOp : Operation, IPure, IElementwise
{
    /// <summary>The narrow integer.</summary>
    [Operand<LlvmInteger>]
    public partial Value Arg { get; }

    /// <summary>The wide integer.</summary>
    [Result<LlvmInteger>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LlvmCasts.VerifyWider(this, Arg.Type, Res.Type, verifier);
}
