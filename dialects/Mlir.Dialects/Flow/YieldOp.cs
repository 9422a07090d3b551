namespace Mlir.Dialects.Flow;

/// <summary>Ends a graph with the wanted values, and a fused task with its results.</summary>
/// <example><code>flow.yield %y : !flow.data&lt;"Tensor&lt;double&gt;"&gt;</code></example>
[Op("flow.yield", Format = "attr-dict ($operands^ `:` type($operands))?")]
public sealed partial class YieldOp : Operation, ITerminator
{
    /// <summary>The values.</summary>
    [Operand<AnyData>]
    public new partial OperandList Operands { get; }
}
