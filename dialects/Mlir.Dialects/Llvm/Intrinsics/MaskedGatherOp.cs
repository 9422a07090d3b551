namespace Mlir.Dialects.Llvm;

/// <summary>Reads one element from each address whose mask is set.</summary>
/// <example><code>%r = llvm.intr.masked.gather %p, %m, %v {alignment = 4 : i32} : (vector&lt;4x!llvm.ptr>, vector&lt;4xi1>, vector&lt;4xf32>) -> vector&lt;4xf32></code></example>
[Op("llvm.intr.masked.gather", Format = "operands attr-dict `:` functional-type(operands, results)")]
public sealed partial class MaskedGatherOp : Operation, IMemoryEffects
{
    /// <summary>The addresses.</summary>
    [Operand<LlvmPointerLike>]
    public partial Value Ptrs { get; }

    /// <summary>Which elements are read.</summary>
    [Operand<LlvmMask>]
    public partial Value Mask { get; }

    /// <summary>What the other elements are; undefined without this operand.</summary>
    [Operand<LlvmVector>]
    public partial OperandList PassThru { get; }

    /// <summary>The alignment of the address in bytes.</summary>
    [Attr(Type = "i32")]
    public partial long Alignment { get; }

    /// <summary>The vector.</summary>
    [Result<LlvmVector>]
    public partial OpResult Res { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read;
}
