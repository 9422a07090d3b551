namespace Mlir.Dialects.Vector;

/// <summary>A mask that is set before a limit in each dimension.</summary>
/// <example><code>%m = vector.create_mask %n : vector&lt;4xi1></code></example>
[Op("vector.create_mask", Format = "$limits attr-dict `:` type($result)")]
public sealed partial class CreateMaskOp : Operation, IPure
{
    /// <summary>The limits, one a dimension; beyond the ends they count as the ends.</summary>
    [Operand<Index>]
    public partial OperandList Limits { get; }

    /// <summary>The mask.</summary>
    [Result<MaskVector>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        var rank = ((VectorType)Result.Type).Rank;
        if (Limits.Count != rank)
        {
            verifier.Error(
                this,
                $"must specify an operand for each result vector dimension: expected {rank}, got {Limits.Count}"
            );
        }
    }
}
