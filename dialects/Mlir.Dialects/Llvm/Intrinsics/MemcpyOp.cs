namespace Mlir.Dialects.Llvm;

/// <summary>Copies bytes between places that do not overlap.</summary>
/// <example><code>"llvm.intr.memcpy"(%d, %s, %n) &lt;{isVolatile = false}> : (!llvm.ptr, !llvm.ptr, i64) -> ()</code></example>
[Op("llvm.intr.memcpy")]
public sealed partial class MemcpyOp : Operation, IMemoryEffects
{
    /// <summary>Where to.</summary>
    [Operand<LlvmPointer>]
    public partial Value Dst { get; }

    /// <summary>Where from.</summary>
    [Operand<LlvmPointer>]
    public partial Value Src { get; }

    /// <summary>How many bytes.</summary>
    [Operand<LlvmScalarInteger>]
    public partial Value Len { get; }

    /// <summary>Whether the access must be kept as it is.</summary>
    [Attr(Name = "isVolatile", Type = "i1")]
    public partial bool IsVolatile { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read | MemoryEffects.Write;
}
