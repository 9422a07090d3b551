namespace Mlir.Dialects.Scf;

/// <summary>Ends a region of <c>scf.reduce</c> with the combined value.</summary>
/// <example><code>scf.reduce.return %c : f64</code></example>
[Op("scf.reduce.return", Format = "$result attr-dict `:` type($result)")]
public sealed partial class ReduceReturnOp : Operation, ITerminator, IPure
{
    /// <summary>The combined value.</summary>
    [Operand<AnyType>]
    public partial Value Result { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (ParentOp is not (null or UnregisteredOp or ReduceOp))
        {
            verifier.Error(this, "expects parent op 'scf.reduce'");
        }
    }
}
