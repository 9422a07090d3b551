namespace Mlir.Dialects.Vector;

/// <summary>The numbers 0, 1, 2, … as a vector.</summary>
/// <example><code>%v = vector.step : vector&lt;4xindex></code></example>
[Op("vector.step", Format = "attr-dict `:` type($result)")]
public sealed partial class StepOp : Operation, IPure
{
    /// <summary>The vector.</summary>
    [Result<IndexOrIntegerVector>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (((VectorType)Result.Type).Rank != 1)
        {
            verifier.Error(this, "result #0 must be a vector of one dimension");
        }
    }
}
