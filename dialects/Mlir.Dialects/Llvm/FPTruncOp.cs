namespace Mlir.Dialects.Llvm;

/// <summary>Rounds a float to a narrower format.</summary>
/// <example><code>%r = llvm.fptrunc %a : f64 to f32</code></example>
[Op("llvm.fptrunc", Format = "$arg attr-dict `:` type($arg) `to` type($res)")]
public sealed partial class FPTruncOp : Operation, IPure, IElementwise
{
    /// <summary>The wide float.</summary>
    [Operand<LlvmFloat>]
    public partial Value Arg { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The narrow float.</summary>
    [Result<LlvmFloat>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LlvmCasts.VerifyNarrower(this, Arg.Type, Res.Type, verifier);
}
