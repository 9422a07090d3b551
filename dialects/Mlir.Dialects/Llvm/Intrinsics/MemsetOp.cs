namespace Mlir.Dialects.Llvm;

/// <summary>Fills bytes with one value.</summary>
/// <example><code>"llvm.intr.memset"(%d, %b, %n) &lt;{isVolatile = false}> : (!llvm.ptr, i8, i64) -> ()</code></example>
[Op("llvm.intr.memset")]
public sealed partial class MemsetOp : Operation, IMemoryEffects
{
    /// <summary>Where to.</summary>
    [Operand<LlvmPointer>]
    public partial Value Dst { get; }

    /// <summary>The byte.</summary>
    [Operand<LlvmI8>]
    public partial Value Val { get; }

    /// <summary>How many bytes.</summary>
    [Operand<LlvmScalarInteger>]
    public partial Value Len { get; }

    /// <summary>Whether the access must be kept as it is.</summary>
    [Attr(Name = "isVolatile", Type = "i1")]
    public partial bool IsVolatile { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Write;
}
