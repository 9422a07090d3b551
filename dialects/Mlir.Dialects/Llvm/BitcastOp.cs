namespace Mlir.Dialects.Llvm;

/// <summary>The same bits read as another type.</summary>
/// <example><code>%r = llvm.bitcast %a : f64 to i64</code></example>
[Op("llvm.bitcast", Format = "$arg attr-dict `:` type($arg) `to` type($res)")]
public sealed partial class BitcastOp : Operation, IPure, IElementwise
{
    /// <summary>The value.</summary>
    [Operand<LlvmValue>]
    public partial Value Arg { get; }

    /// <summary>The value read anew.</summary>
    [Result<LlvmValue>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LlvmCasts.VerifySameBits(this, Arg.Type, Res.Type, verifier);
}
