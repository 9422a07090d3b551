using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Turns a module whose floating-point reductions could be combined in several orders into loops that follow
/// <see cref="ReductionOrder"/>, one element at a time; any other module stays as it is. For targets that run tensors directly, so
/// that they give the same bits as those that do not.
/// </summary>
[Pass("explicit-reductions")]
public sealed partial record ExplicitReductions : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        if (op.Walk().Any(IsFloatReduction))
        {
            new Bufferize().Run(op, context);
            new LinalgToLoops(VectorBits: 0, Parallel: false).Run(op, context);
        }
    }

    private static bool IsFloatReduction(Operation op) =>
        op is ILinalgOp linalg
        && linalg.IteratorTypeList.Contains(IteratorType.Reduction)
        && linalg.Outputs.Types.Any(t => t is ShapedType { ElementType: FloatType });
}
