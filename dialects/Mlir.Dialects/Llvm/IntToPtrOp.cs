namespace Mlir.Dialects.Llvm;

/// <summary>The pointer with the address that an integer holds.</summary>
/// <example><code>%p = llvm.inttoptr %a : i64 to !llvm.ptr</code></example>
[Op("llvm.inttoptr", Format = "$arg attr-dict `:` type($arg) `to` type($res)")]
public sealed partial class IntToPtrOp : Operation, IPure, IElementwise
{
    /// <summary>The address.</summary>
    [Operand<LlvmInteger>]
    public partial Value Arg { get; }

    /// <summary>The pointer.</summary>
    [Result<LlvmPointerLike>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LlvmCasts.VerifyShape(this, Arg.Type, Res.Type, verifier);
}
