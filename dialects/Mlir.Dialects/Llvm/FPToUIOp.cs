namespace Mlir.Dialects.Llvm;

/// <summary>Rounds a float towards zero to an unsigned integer; out of range makes poison.</summary>
/// <example><code>%r = llvm.fptoui %a : f64 to i32</code></example>
[Op("llvm.fptoui", Format = "$arg attr-dict `:` type($arg) `to` type($res)")]
public sealed partial class FPToUIOp : Operation, IPure, IElementwise
{
    /// <summary>The float.</summary>
    [Operand<LlvmFloat>]
    public partial Value Arg { get; }

    /// <summary>The integer.</summary>
    [Result<LlvmInteger>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LlvmCasts.VerifyShape(this, Arg.Type, Res.Type, verifier);
}
