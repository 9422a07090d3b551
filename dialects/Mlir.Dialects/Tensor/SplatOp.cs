namespace Mlir.Dialects.Tensor;

/// <summary>A tensor whose elements all equal one value.</summary>
/// <example><code>%t = tensor.splat %x[%n] : tensor&lt;?xf32></code></example>
[Op("tensor.splat", Format = "$input (`[` $dynamicSizes^ `]`)? attr-dict `:` type($aggregate)")]
public sealed partial class SplatOp : Operation, IPure
{
    /// <summary>The element.</summary>
    [Operand<AnyType>(InferredBy = nameof(ElementType))]
    public partial Value Input { get; }

    /// <summary>The sizes that the type leaves open, in order.</summary>
    [Operand<Index>]
    public partial OperandList DynamicSizes { get; }

    /// <summary>The tensor.</summary>
    [Result<RankedTensor>]
    public partial OpResult Aggregate { get; }

    private static IrType ElementType(IrType aggregate) => ShapeFacts.ElementOf(aggregate);

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "splat";

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        // splat(constant) → constant
        if (
            operands[0] is not TypedAttr element
            || Aggregate.Type is not RankedTensorType { HasStaticShape: true } type
            || element is not (IntegerAttr or FloatAttr)
        )
        {
            return false;
        }

        results[0] = DenseElementsAttr.Splat(type, element);
        return true;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        ShapeFacts.VerifyDynamicSizes(this, DynamicSizes, (ShapedType)Aggregate.Type, verifier);
        if (Input.Type != ((ShapedType)Aggregate.Type).ElementType)
        {
            verifier.Error(this, $"expects an operand of the element type of {Aggregate.Type}, got {Input.Type}");
        }
    }
}
