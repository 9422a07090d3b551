namespace Mlir.Dialects.Llvm;

/// <summary>A value that may be anything, and different at each use.</summary>
/// <example><code>%u = llvm.mlir.undef : i32</code></example>
[Op("llvm.mlir.undef", Format = "attr-dict `:` type($res)")]
public sealed partial class UndefOp : Operation, IPure
{
    /// <summary>The undefined value.</summary>
    [Result<LlvmValue>]
    public partial OpResult Res { get; }
}
