namespace Mlir.Dialects.Llvm;

/// <summary>Reads the elements of a vector whose mask is set; the others come from elsewhere and touch no memory.</summary>
/// <example><code>%r = llvm.intr.masked.load %p, %m, %v {alignment = 4 : i32} : (!llvm.ptr, vector&lt;4xi1>, vector&lt;4xf32>) -> vector&lt;4xf32></code></example>
[Op("llvm.intr.masked.load", Format = "operands attr-dict `:` functional-type(operands, results)")]
public sealed partial class MaskedLoadOp : Operation, IMemoryEffects
{
    /// <summary>The address of the first element.</summary>
    [Operand<LlvmPointer>]
    public partial Value Data { get; }

    /// <summary>Which elements are read.</summary>
    [Operand<LlvmMask>]
    public partial Value Mask { get; }

    /// <summary>What the other elements are; undefined without this operand.</summary>
    [Operand<LlvmVector>]
    public partial OperandList PassThru { get; }

    /// <summary>The alignment of the address in bytes.</summary>
    [Attr(Type = "i32")]
    public partial long Alignment { get; }

    /// <summary>Whether the cache should be left alone.</summary>
    [Attr]
    public partial bool Nontemporal { get; }

    /// <summary>The vector.</summary>
    [Result<LlvmVector>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read;
}
