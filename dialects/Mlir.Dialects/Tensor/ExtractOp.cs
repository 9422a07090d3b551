namespace Mlir.Dialects.Tensor;

/// <summary>One element of a tensor.</summary>
/// <example><code>%e = tensor.extract %t[%i] : tensor&lt;?xf32></code></example>
[Op("tensor.extract", Format = "$tensor `[` $indices `]` attr-dict `:` type($tensor)")]
public sealed partial class ExtractOp : Operation, IPure
{
    /// <summary>The tensor.</summary>
    [Operand<RankedTensor>]
    public partial Value Tensor { get; }

    /// <summary>A subscript for each dimension.</summary>
    [Operand<Index>]
    public partial OperandList Indices { get; }

    /// <summary>The element.</summary>
    [Result(InferredBy = nameof(ElementType))]
    public partial OpResult Result { get; }

    private static IrType ElementType(IrType tensor) => ShapeFacts.ElementOf(tensor);

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "extracted";

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        switch (Tensor.Definer)
        {
            // extract(splat(x)) → x
            case SplatOp splat:
                results[0] = splat.Input;
                return true;

            // extract(insert(x, t, i), i) → x
            case InsertOp insert when insert.Indices.SequenceEqual(Indices):
                results[0] = insert.Scalar;
                return true;

            // extract(from_elements(a, b, …), constant) → one of them
            case FromElementsOp elements when FlatIndex(operands[1..], (RankedTensorType)Tensor.Type) is { } index:
                results[0] = elements.Elements[(int)index];
                return true;
        }

        // extract(constant, constant) → constant
        if (
            operands[0] is DenseElementsAttr { ShapedType.ElementType: not ComplexType } constant
            && (constant.IsSplat ? 0 : FlatIndex(operands[1..], (RankedTensorType)Tensor.Type)) is { } at
        )
        {
            results[0] = constant.GetElement(at);
            return true;
        }

        return false;
    }

    private static long? FlatIndex(ReadOnlySpan<IrAttribute?> indices, RankedTensorType type)
    {
        if (!type.HasStaticShape || indices.Length != type.Rank)
        {
            return null;
        }

        var flat = 0L;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] is not IntegerAttr { Int64: >= 0 and var index } || index >= type.Shape[i])
            {
                return null;
            }

            flat = unchecked(flat * type.Shape[i] + index);
        }

        return flat;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier) =>
        ShapeFacts.VerifyIndices(this, Indices, (ShapedType)Tensor.Type, verifier);
}
