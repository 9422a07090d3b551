namespace Mlir.Dialects.Flow;

/// <summary>Runs a function that no registry knows; no pass merges or compiles it. It goes only where no wanted value needs it.</summary>
/// <example><code>%r = flow.run "lambda"(%x) : (…) -> …</code></example>
[Op("flow.run", Format = "$name `(` $operands `)` attr-dict `:` functional-type($operands, $result)")]
public sealed partial class RunOp : Operation
{
    /// <summary>The function's name, different from that of every other one in the graph.</summary>
    [Attr(Name = "name")]
    public new partial string Name { get; }

    /// <summary>The arguments.</summary>
    [Operand<AnyData>]
    public new partial OperandList Operands { get; }

    /// <summary>The result.</summary>
    [Result<AnyData>]
    public partial OpResult Result { get; }
}
