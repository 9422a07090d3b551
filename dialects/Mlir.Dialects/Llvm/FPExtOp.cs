namespace Mlir.Dialects.Llvm;

/// <summary>Widens a float to a wider format, exactly.</summary>
/// <example><code>%r = llvm.fpext %a : f32 to f64</code></example>
[Op("llvm.fpext", Format = "$arg attr-dict `:` type($arg) `to` type($res)")]
public sealed partial class FPExtOp : Operation, IPure, IElementwise
{
    /// <summary>The narrow float.</summary>
    [Operand<LlvmFloat>]
    public partial Value Arg { get; }

    /// <summary>What the operation may assume or give up.</summary>
    [Attr(Default = "FastmathFlags.None")]
    public partial FastmathFlags FastmathFlags { get; }

    /// <summary>The wide float.</summary>
    [Result<LlvmFloat>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LlvmCasts.VerifyWider(this, Arg.Type, Res.Type, verifier);
}
