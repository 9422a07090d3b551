namespace Mlir.Dialects.Vector;

/// <summary>The elements of a vector, in row-major order, under another shape.</summary>
/// <example><code>%w = vector.shape_cast %v : vector&lt;2x4xf32> to vector&lt;8xf32></code></example>
[Op("vector.shape_cast", Format = "$source attr-dict `:` type($source) `to` type($result)")]
public sealed partial class ShapeCastOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Operand<AnyVector>]
    public partial Value Source { get; }

    /// <summary>The reshaped vector.</summary>
    [Result<AnyVector>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        // shape_cast(x : t) : t → x,  shape_cast(shape_cast(x : t)) : t → x
        var source =
            Source.Type == Result.Type ? Source
            : Source.Definer is ShapeCastOp { Source: var inner } && inner.Type == Result.Type ? inner
            : null;
        if (source is null)
        {
            return false;
        }

        results[0] = source;
        return true;
    }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var (source, result) = ((VectorType)Source.Type, (VectorType)Result.Type);
        if (source.ElementType != result.ElementType || source.ElementCount != result.ElementCount)
        {
            verifier.Error(
                this,
                $"has different source and result element types or numbers of elements: {source} and {result}"
            );
        }
    }
}
