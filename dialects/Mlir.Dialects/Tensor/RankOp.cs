namespace Mlir.Dialects.Tensor;

/// <summary>The number of dimensions of a tensor.</summary>
/// <example><code>%r = tensor.rank %t : tensor&lt;*xf32></code></example>
[Op("tensor.rank", Format = "$tensor attr-dict `:` type($tensor)")]
public sealed partial class RankOp : Operation, IPure
{
    /// <summary>The tensor.</summary>
    [Operand<AnyTensor>]
    public partial Value Tensor { get; }

    /// <summary>The number of dimensions.</summary>
    [Result<Index>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override string? ResultNameHint(int index) => "rank";

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        if (Tensor.Type is not RankedTensorType type)
        {
            return false;
        }

        results[0] = IntegerAttr.Get(IndexType.Instance, type.Rank);
        return true;
    }
}
