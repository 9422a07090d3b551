namespace Mlir.Dialects.Flow;

/// <summary>An abstract algorithm, carried out by one of its implementations.</summary>
/// <example><code>%y = flow.task "example.scale" by "Plugin.Fused" on "cpu"(%x, %by) : (…) -> …</code></example>
[Op(
    "flow.task",
    Format = "$algorithm `by` $implementation (`on` $compiler^)? `(` $operands `)` attr-dict `:` functional-type($operands, $result)"
)]
public sealed partial class TaskOp : Operation, IFlowTask, IPure
{
    /// <summary>The abstract algorithm.</summary>
    [Attr]
    public partial string Algorithm { get; }

    /// <inheritdoc/>
    [Attr]
    public partial string Implementation { get; }

    /// <inheritdoc/>
    [Attr]
    public partial string? Compiler { get; }

    /// <summary>The arguments, one for each parameter of the implementation.</summary>
    [Operand<AnyData>]
    public new partial OperandList Operands { get; }

    /// <summary>The result; several results are a tuple.</summary>
    [Result<AnyData>]
    public partial OpResult Result { get; }
}
