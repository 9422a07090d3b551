namespace Mlir.Dialects.Llvm;

/// <summary>The same pointer in another address space.</summary>
/// <example><code>%q = llvm.addrspacecast %p : !llvm.ptr to !llvm.ptr&lt;1></code></example>
[Op("llvm.addrspacecast", Format = "$arg attr-dict `:` type($arg) `to` type($res)")]
public sealed partial class AddrSpaceCastOp : Operation, IPure, IElementwise
{
    /// <summary>The pointer.</summary>
    [Operand<LlvmPointerLike>]
    public partial Value Arg { get; }

    /// <summary>The pointer in the other space.</summary>
    [Result<LlvmPointerLike>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LlvmCasts.VerifyShape(this, Arg.Type, Res.Type, verifier);
}
