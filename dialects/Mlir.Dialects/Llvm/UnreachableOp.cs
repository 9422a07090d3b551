namespace Mlir.Dialects.Llvm;

/// <summary>Marks a place that control never reaches.</summary>
/// <example><code>llvm.unreachable</code></example>
[Op("llvm.unreachable", Format = "attr-dict")]
public sealed partial class UnreachableOp : Operation, ITerminator { }
