namespace Mlir.Dialects.Llvm;

/// <summary>A value whose use in arithmetic is poison in turn and whose use in control flow is undefined.</summary>
/// <example><code>%p = llvm.mlir.poison : i32</code></example>
[Op("llvm.mlir.poison", Format = "attr-dict `:` type($res)")]
public sealed partial class PoisonOp : Operation, IPure
{
    /// <summary>The poison value.</summary>
    [Result<LlvmValue>]
    public partial OpResult Res { get; }
}
