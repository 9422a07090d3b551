namespace Mlir.Dialects.Linalg;

/// <summary>The position along one loop of the structured operation around it.</summary>
/// <example><code>%i = linalg.index 0 : index</code></example>
[Op("linalg.index", Format = "$dim attr-dict `:` type($result)")]
public sealed partial class IndexOp : Operation, IPure
{
    /// <summary>Which loop, from the outermost inwards.</summary>
    [Attr]
    public partial long Dim { get; }

    /// <summary>The position.</summary>
    [Result<Index>]
    public partial OpResult Result { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (ParentOp is not ILinalgOp parent)
        {
            verifier.Error(this, "expected parent op with LinalgOp interface");
        }
        else if (Dim < 0 || Dim >= parent.LoopCount)
        {
            verifier.Error(
                this,
                $"expected dim ({Dim}) to be lower than the number of loops ({parent.LoopCount}) of the enclosing LinalgOp"
            );
        }
    }
}
