namespace Mlir.Dialects.Llvm;

/// <summary>The address that a pointer holds.</summary>
/// <example><code>%a = llvm.ptrtoint %p : !llvm.ptr to i64</code></example>
[Op("llvm.ptrtoint", Format = "$arg attr-dict `:` type($arg) `to` type($res)")]
public sealed partial class PtrToIntOp : Operation, IPure, IElementwise
{
    /// <summary>The pointer.</summary>
    [Operand<LlvmPointerLike>]
    public partial Value Arg { get; }

    /// <summary>The address.</summary>
    [Result<LlvmInteger>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) => LlvmCasts.VerifyShape(this, Arg.Type, Res.Type, verifier);
}
