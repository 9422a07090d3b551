namespace Mlir.Dialects.Vector;

/// <summary>Writes the elements of a vector whose mask is set to positions of an array.</summary>
/// <example><code>vector.scatter %m[%i] [%at], %mask, %v : memref&lt;?xf32>, vector&lt;4xindex>, vector&lt;4xi1>, vector&lt;4xf32></code></example>
[Op(
    "vector.scatter",
    Format = "$base `[` $offsets `]` `[` $indices `]` `,` $mask `,` $valueToStore attr-dict `:` type($base) `,` type($indices) `,` type($mask) `,` type($valueToStore)"
)]
public sealed partial class ScatterOp : Operation, IMemoryEffects
{
    /// <summary>The array.</summary>
    [Operand<RankedMemRef>]
    public partial Value Base { get; }

    /// <summary>The subscripts that the indices are added to.</summary>
    [Operand<Index>]
    public partial OperandList Offsets { get; }

    /// <summary>How far each element is along the last dimension.</summary>
    [Operand<IndexOrIntegerVector>]
    public partial Value Indices { get; }

    /// <summary>Which elements are accessed.</summary>
    [Operand<MaskVector>]
    public partial Value Mask { get; }

    /// <summary>The vector.</summary>
    [Operand<AnyVector>]
    public partial Value ValueToStore { get; }

    /// <summary>What the address is a multiple of, in bytes.</summary>
    [Attr]
    public partial long? Alignment { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Write;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        VectorAccess.Verify(this, (MemRefType)Base.Type, Offsets, (VectorType)ValueToStore.Type, verifier);
        VectorAccess.VerifyMask(this, (VectorType)Mask.Type, (VectorType)ValueToStore.Type, verifier);
        VectorAccess.VerifyMask(this, (VectorType)Indices.Type, (VectorType)ValueToStore.Type, verifier);
    }
}
