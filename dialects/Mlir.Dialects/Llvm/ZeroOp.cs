namespace Mlir.Dialects.Llvm;

/// <summary>The value whose bits are all zero: 0, 0.0, a null pointer, or an aggregate of these.</summary>
/// <example><code>%z = llvm.mlir.zero : !llvm.ptr</code></example>
[Op("llvm.mlir.zero", Format = "attr-dict `:` type($res)")]
public sealed partial class ZeroOp : Operation, IPure
{
    /// <summary>The zero value.</summary>
    [Result<LlvmValue>]
    public partial OpResult Res { get; }
}
