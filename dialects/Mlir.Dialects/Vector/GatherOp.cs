namespace Mlir.Dialects.Vector;

/// <summary>Reads elements of an array at the positions of a vector, where the mask is set.</summary>
/// <example><code>%v = vector.gather %m[%i] [%at], %mask, %other : memref&lt;?xf32>, vector&lt;4xindex>, vector&lt;4xi1>, vector&lt;4xf32> into vector&lt;4xf32></code></example>
[Op(
    "vector.gather",
    Format = "$base `[` $offsets `]` `[` $indices `]` `,` $mask `,` $passThru attr-dict `:` type($base) `,` type($indices) `,` type($mask) `,` type($passThru) `into` type($result)"
)]
public sealed partial class GatherOp : Operation, IMemoryEffects
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

    /// <summary>What the other elements are.</summary>
    [Operand<AnyVector>]
    public partial Value PassThru { get; }

    /// <summary>What the address is a multiple of, in bytes.</summary>
    [Attr]
    public partial long? Alignment { get; }

    /// <summary>The vector.</summary>
    [Result(SameTypeAs = nameof(PassThru))]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public MemoryEffects Effects => MemoryEffects.Read;

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        VectorAccess.Verify(this, (MemRefType)Base.Type, Offsets, (VectorType)Result.Type, verifier);
        VectorAccess.VerifyMask(this, (VectorType)Mask.Type, (VectorType)Result.Type, verifier);
        VectorAccess.VerifyMask(this, (VectorType)Indices.Type, (VectorType)Result.Type, verifier);
    }
}
