namespace Mlir.Dialects.Llvm;

/// <summary>Writes each element whose mask is set to its own address.</summary>
/// <example><code>llvm.intr.masked.scatter %v, %p, %m {alignment = 4 : i32} : vector&lt;4xf32>, vector&lt;4xi1> into vector&lt;4x!llvm.ptr></code></example>
[Op(
    "llvm.intr.masked.scatter",
    Format = "$value `,` $ptrs `,` $mask attr-dict `:` type($value) `,` type($mask) `into` type($ptrs)"
)]
public sealed partial class MaskedScatterOp : Operation, IMemoryEffects
{
    /// <summary>The vector.</summary>
    [Operand<LlvmVector>]
    public partial Value Value { get; }

    /// <summary>The addresses.</summary>
    [Operand<LlvmPointerLike>]
    public partial Value Ptrs { get; }

    /// <summary>Which elements are written.</summary>
    [Operand<LlvmMask>]
    public partial Value Mask { get; }

    /// <summary>The alignment of the address in bytes.</summary>
    [Attr(Type = "i32")]
    public partial long Alignment { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Write;
}
