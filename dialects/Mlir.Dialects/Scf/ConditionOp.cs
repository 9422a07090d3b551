namespace Mlir.Dialects.Scf;

/// <summary>Ends the first region of <c>scf.while</c>: goes on with the second one, or leaves the loop with the values as its results.</summary>
/// <example><code>scf.condition(%c) %a, %b : i32, f64</code></example>
[Op("scf.condition", Format = "`(` $condition `)` attr-dict ($args^ `:` type($args))?")]
public sealed partial class ConditionOp : Operation, ITerminator, IPure
{
    /// <summary>Whether the loop goes on.</summary>
    [Operand<I1>]
    public partial Value Condition { get; }

    /// <summary>The arguments of the second region, or the results of the loop.</summary>
    [Operand<AnyType>]
    public partial OperandList Args { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (ParentOp is not (null or UnregisteredOp or WhileOp))
        {
            verifier.Error(this, "expects parent op 'scf.while'");
        }
    }
}
