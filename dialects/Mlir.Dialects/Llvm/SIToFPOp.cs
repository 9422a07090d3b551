namespace Mlir.Dialects.Llvm;

/// <summary>Rounds a signed integer to the nearest float.</summary>
/// <example><code>%r = llvm.sitofp %a : i32 to f64</code></example>
[Op("llvm.sitofp", Format = "$arg attr-dict `:` type($arg) `to` type($res)")]
public sealed partial class SIToFPOp : Operation, IPure, IElementwise
{
    /// <summary>The integer.</summary>
    [Operand<LlvmInteger>]
    public partial Value Arg { get; }

    /// <summary>The float.</summary>
    [Result<LlvmFloat>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LlvmCasts.VerifyShape(this, Arg.Type, Res.Type, verifier);
}
