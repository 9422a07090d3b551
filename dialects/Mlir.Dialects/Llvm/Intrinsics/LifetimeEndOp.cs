namespace Mlir.Dialects.Llvm;

/// <summary>Says that the contents of a stack slot do not matter any more.</summary>
/// <example><code>llvm.intr.lifetime.end %p : !llvm.ptr</code></example>
[Op("llvm.intr.lifetime.end", Format = "$ptr attr-dict `:` type($ptr)")]
public sealed partial class LifetimeEndOp : Operation, IMemoryEffects
{
    /// <summary>The slot.</summary>
    [Operand<LlvmPointer>]
    public partial Value Ptr { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;
}
