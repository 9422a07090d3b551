namespace Mlir.Dialects.Vector;

/// <summary>Writes those elements of a vector whose mask is set to neighbouring elements of an array.</summary>
/// <example><code>vector.maskedstore %m[%i], %mask, %v : memref&lt;?xf32>, vector&lt;4xi1>, vector&lt;4xf32></code></example>
[Op(
    "vector.maskedstore",
    Format = "$base `[` $indices `]` `,` $mask `,` $valueToStore attr-dict `:` type($base) `,` type($mask) `,` type($valueToStore)"
)]
public sealed partial class MaskedStoreOp : Operation, IMemoryEffects
{
    /// <summary>The array.</summary>
    [Operand<RankedMemRef>]
    public partial Value Base { get; }

    /// <summary>The subscripts of the first element.</summary>
    [Operand<Index>]
    public partial OperandList Indices { get; }

    /// <summary>Which elements are written.</summary>
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
        VectorAccess.Verify(this, (MemRefType)Base.Type, Indices, (VectorType)ValueToStore.Type, verifier);
        VectorAccess.VerifyMask(this, (VectorType)Mask.Type, (VectorType)ValueToStore.Type, verifier);
    }
}
