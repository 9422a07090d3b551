namespace Mlir.Dialects.Llvm;

/// <summary>Frees what was allocated on the stack since a <c>stacksave</c>.</summary>
/// <example><code>llvm.intr.stackrestore %s : !llvm.ptr</code></example>
[Op("llvm.intr.stackrestore", Format = "$ptr attr-dict `:` type($ptr)")]
public sealed partial class StackRestoreOp : Operation, IMemoryEffects
{
    /// <summary>The height.</summary>
    [Operand<LlvmPointer>]
    public partial Value Ptr { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;
}
