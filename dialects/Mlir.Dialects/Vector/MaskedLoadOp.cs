namespace Mlir.Dialects.Vector;

/// <summary>Reads those neighbouring elements of an array whose mask is set; the others come from a vector and touch no memory.</summary>
/// <example><code>%v = vector.maskedload %m[%i], %mask, %other : memref&lt;?xf32>, vector&lt;4xi1>, vector&lt;4xf32> into vector&lt;4xf32></code></example>
[Op(
    "vector.maskedload",
    Format = "$base `[` $indices `]` `,` $mask `,` $passThru attr-dict `:` type($base) `,` type($mask) `,` type($passThru) `into` type($result)"
)]
public sealed partial class MaskedLoadOp : Operation, IMemoryEffects
{
    /// <summary>The array.</summary>
    [Operand<RankedMemRef>]
    public partial Value Base { get; }

    /// <summary>The subscripts of the first element.</summary>
    [Operand<Index>]
    public partial OperandList Indices { get; }

    /// <summary>Which elements are read.</summary>
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
        VectorAccess.Verify(this, (MemRefType)Base.Type, Indices, (VectorType)Result.Type, verifier);
        VectorAccess.VerifyMask(this, (VectorType)Mask.Type, (VectorType)Result.Type, verifier);
    }
}
