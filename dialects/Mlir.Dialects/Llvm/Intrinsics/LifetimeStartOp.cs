namespace Mlir.Dialects.Llvm;

/// <summary>Says that the contents of a stack slot matter from here on.</summary>
/// <example><code>llvm.intr.lifetime.start %p : !llvm.ptr</code></example>
[Op("llvm.intr.lifetime.start", Format = "$ptr attr-dict `:` type($ptr)")]
public sealed partial class LifetimeStartOp : Operation, IMemoryEffects
{
    /// <summary>The slot.</summary>
    [Operand<LlvmPointer>]
    public partial Value Ptr { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;
}
