namespace Mlir.Dialects.MemRef;

/// <summary>Frees an array from <c>memref.alloc</c>.</summary>
/// <example><code>memref.dealloc %m : memref&lt;?xf32></code></example>
[Op("memref.dealloc", Format = "$memref attr-dict `:` type($memref)")]
public sealed partial class DeallocOp : Operation, IMemoryEffects
{
    /// <summary>The array.</summary>
    [Operand<AnyMemRef>]
    public partial Value Memref { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Free;
}
