namespace Mlir.Dialects.Linalg;

/// <summary>Gives the new element of each destination to the structured operation around it.</summary>
/// <example><code>linalg.yield %x : f32</code></example>
[Op("linalg.yield", Format = "attr-dict ($values^ `:` type($values))?")]
public sealed partial class YieldOp : Operation, IReturnLike, IPure
{
    /// <summary>The elements.</summary>
    [Operand<AnyType>]
    public partial OperandList Values { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (ParentOp is not ILinalgOp parent)
        {
            verifier.Error(this, "expected single non-empty parent region");
            return;
        }

        if (Values.Count != parent.Outputs.Count)
        {
            verifier.Error(
                this,
                $"expected number of yield values ({Values.Count}) to match the number of inits / outs operands of the enclosing LinalgOp ({parent.Outputs.Count})"
            );
            return;
        }

        for (var i = 0; i < Values.Count; i++)
        {
            var element = ShapeFacts.ElementOf(parent.Outputs[i].Type);
            if (Values[i].Type != element)
            {
                verifier.Error(
                    this,
                    $"type of yield operand {i + 1} ('{Values[i].Type}') doesn't match the element type of the enclosing linalg.generic op ('{element}')"
                );
            }
        }
    }
}
