namespace Mlir.Dialects.Vector;

/// <summary>The same bits read as elements of another width along the last dimension.</summary>
/// <example><code>%w = vector.bitcast %v : vector&lt;4xf32> to vector&lt;2xi64></code></example>
[Op("vector.bitcast", Format = "$source attr-dict `:` type($source) `to` type($result)")]
public sealed partial class BitCastOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Operand<AnyVector>]
    public partial Value Source { get; }

    /// <summary>The vector read anew.</summary>
    [Result<AnyVector>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override bool Fold(ReadOnlySpan<IrAttribute?> operands, Span<FoldResult> results)
    {
        // bitcast(x : t) : t → x,  bitcast(bitcast(x : t)) : t → x
        var source =
            Source.Type == Result.Type ? Source
            : Source.Definer is BitCastOp { Source: var inner } && inner.Type == Result.Type ? inner
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
        var bits =
            source.Rank == result.Rank && source.Rank > 0
                ? TypeFacts.BitWidth(source.ElementType) * source.Shape[^1]
                : 0;
        if (
            bits == 0
            || bits != TypeFacts.BitWidth(result.ElementType) * result.Shape[^1]
            || !source.Shape.Span[..^1].SequenceEqual(result.Shape.Span[..^1])
        )
        {
            verifier.Error(
                this,
                $"source/result bitwidth of the minor 1-D vectors must be equal: {source} and {result}"
            );
        }
    }
}
