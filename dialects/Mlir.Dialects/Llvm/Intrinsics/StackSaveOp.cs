namespace Mlir.Dialects.Llvm;

/// <summary>Remembers the height of the stack.</summary>
/// <example><code>%s = llvm.intr.stacksave : !llvm.ptr</code></example>
[Op("llvm.intr.stacksave", Format = "attr-dict `:` type($res)")]
public sealed partial class StackSaveOp : Operation, IMemoryEffects
{
    /// <summary>The height, for <c>stackrestore</c>.</summary>
    [Result<LlvmPointer>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;
}
