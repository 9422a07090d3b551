using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>An operation of a group of rows.</summary>
/// <param name="op">The operation.</param>
/// <param name="hasLoop">Whether it goes along the row.</param>
/// <param name="combiners">How its outputs collect the row; none where it makes each element, or one number, by itself.</param>
internal sealed class RowMember(GenericOp op, bool hasLoop, AssociativeCombiner[] combiners)
{
    /// <summary>The operation.</summary>
    public GenericOp Op => op;

    /// <summary>Whether it goes along the row.</summary>
    public bool HasLoop => hasLoop;

    /// <summary>How its outputs collect the row; none where it makes each element, or one number, by itself.</summary>
    public AssociativeCombiner[] Combiners => combiners;

    /// <summary>What its operands are, inputs before outputs; null for scalars and for what is not read.</summary>
    public RowValue?[] Sources { get; } = new RowValue?[op.Operands.Count];

    /// <summary>What its outputs are behind it.</summary>
    public RowValue[] Results { get; } = new RowValue[op.Outputs.Count];

    /// <summary>Outputs that are combined in the order of lanes, each with its elements.</summary>
    public List<LaneChain> Chains { get; } = [];

    /// <summary>The phase in which it runs.</summary>
    public int Phase { get; set; }

    /// <summary>What an argument of its body stands for.</summary>
    public RowValue? SourceOf(BlockArgument argument) => Sources[argument.Index];
}
