namespace Mlir.Dialects.Vector;

/// <summary>Repeats a scalar or a smaller vector along the leading dimensions, or along dimensions of size 1.</summary>
/// <example><code>%v = vector.broadcast %x : f32 to vector&lt;4xf32></code></example>
[Op("vector.broadcast", Format = "$source attr-dict `:` type($source) `to` type($vector)")]
public sealed partial class BroadcastOp : Operation, IPure
{
    /// <summary>The scalar or vector.</summary>
    [Operand<AnyType>]
    public partial Value Source { get; }

    /// <summary>The larger vector.</summary>
    [Result<AnyVector>]
    public partial OpResult Vector { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        // broadcast(x : t) : t → x
        if (Source.Type == Vector.Type)
        {
            results[0] = Source;
            return true;
        }

        // broadcast(constant) → constant
        var element = operands[0] switch
        {
            DenseElementsAttr { SplatValue: { } splat } => splat,
            IntegerAttr or FloatAttr => (TypedAttr)operands[0]!,
            _ => null,
        };
        if (element is null || Vector.Type is not VectorType { ScalableDims.IsEmpty: true } type)
        {
            return false;
        }

        results[0] = DenseElementsAttr.Splat(type, element);
        return true;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var target = (VectorType)Vector.Type;
        if (Source.Type is not VectorType source)
        {
            if (Source.Type != target.ElementType)
            {
                verifier.Error(this, $"source type {Source.Type} is not the element type of {target}");
            }

            return;
        }

        if (source.ElementType != target.ElementType)
        {
            verifier.Error(this, $"source type {source} has another element type than {target}");
        }
        else if (source.Rank > target.Rank)
        {
            verifier.Error(this, "source rank higher than destination rank");
        }
        else
        {
            for (var i = 0; i < source.Rank; i++)
            {
                var size = target.Shape[target.Rank - source.Rank + i];
                if (source.Shape[i] != 1 && source.Shape[i] != size)
                {
                    verifier.Error(this, $"dimension mismatch ({source.Shape[i]} vs. {size})");
                    return;
                }
            }
        }
    }
}
