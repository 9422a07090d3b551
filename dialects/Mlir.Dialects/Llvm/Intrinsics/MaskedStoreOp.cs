namespace Mlir.Dialects.Llvm;

/// <summary>Writes the elements of a vector whose mask is set.</summary>
/// <example><code>llvm.intr.masked.store %v, %p, %m {alignment = 4 : i32} : vector&lt;4xf32>, vector&lt;4xi1> into !llvm.ptr</code></example>
[Op(
    "llvm.intr.masked.store",
    Format = "$value `,` $data `,` $mask attr-dict `:` type($value) `,` type($mask) `into` type($data)"
)]
public sealed partial class MaskedStoreOp : Operation, IMemoryEffects
{
    /// <summary>The vector.</summary>
    [Operand<LlvmVector>]
    public partial Value Value { get; }

    /// <summary>The address of the first element.</summary>
    [Operand<LlvmPointer>]
    public partial Value Data { get; }

    /// <summary>Which elements are written.</summary>
    [Operand<LlvmMask>]
    public partial Value Mask { get; }

    /// <summary>The alignment of the address in bytes.</summary>
    [Attr(Type = "i32")]
    public partial long Alignment { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Write;
}
