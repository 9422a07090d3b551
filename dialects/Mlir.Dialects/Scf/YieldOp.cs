namespace Mlir.Dialects.Scf;

/// <summary>Ends a region and hands values to the operation around it.</summary>
/// <example><code>scf.yield %a, %b : i32, f64</code></example>
[Op("scf.yield", Format = "attr-dict ($operands^ `:` type($operands))?")]
public sealed partial class YieldOp : Operation, IReturnLike, IPure
{
    /// <summary>The values.</summary>
    [Operand<AnyType>]
    public new partial OperandList Operands { get; }

    /// <inheritdoc/>
    public override void Verify(OpVerifier verifier)
    {
        if (ParentOp is not (null or UnregisteredOp or ForOp or IfOp or WhileOp or ExecuteRegionOp or IndexSwitchOp))
        {
            verifier.Error(
                this,
                "expects parent op to be one of 'scf.execute_region, scf.for, scf.if, scf.index_switch, scf.while'"
            );
        }
    }
}
