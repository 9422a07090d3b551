namespace Mlir.Dialects.Tensor;

/// <summary>A tensor with one element replaced.</summary>
/// <example><code>%r = tensor.insert %x into %t[%i] : tensor&lt;?xf32></code></example>
[Op("tensor.insert", Format = "$scalar `into` $dest `[` $indices `]` attr-dict `:` type($dest)")]
public sealed partial class InsertOp : Operation, IPure
{
    /// <summary>The new element.</summary>
    [Operand<AnyType>(InferredBy = nameof(ElementType))]
    public partial Value Scalar { get; }

    /// <summary>The tensor.</summary>
    [Operand<RankedTensor>]
    public partial Value Dest { get; }

    /// <summary>A subscript for each dimension.</summary>
    [Operand<Index>]
    public partial OperandList Indices { get; }

    /// <summary>The changed tensor.</summary>
    [Result(SameTypeAs = nameof(Dest))]
    public partial OpResult Result { get; }

    private static IrType ElementType(IrType dest) => ShapeFacts.ElementOf(dest);

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "inserted";

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        ShapeFacts.VerifyIndices(this, Indices, (ShapedType)Dest.Type, verifier);
        if (Scalar.Type != ((ShapedType)Dest.Type).ElementType)
        {
            verifier.Error(this, $"expects a scalar of the element type of {Dest.Type}, got {Scalar.Type}");
        }
    }
}
