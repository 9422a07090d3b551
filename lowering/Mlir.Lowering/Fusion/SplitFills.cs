using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Gives each reduction an initial value of its own: one that two share would have to be copied, and keeps them from running row by row.
/// </summary>
/// <example><code>
/// %z = generic outs(%e) { yield 0 };  %a = generic … outs(%z) {…};  %b = generic … outs(%z) {…}
/// →
/// %z = generic outs(%e) { yield 0 };  %a = generic … outs(%z) {…};  %y = generic outs(%e) { yield 0 };  %b = generic … outs(%y) {…}
/// </code></example>
[Pass("split-fills")]
public sealed partial record SplitFills : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        foreach (var user in op.Walk().OfType<GenericOp>().Where(g => g.Results.Count > 0).ToList())
        {
            for (var i = user.Inputs.Count; i < user.Operands.Count; i++)
            {
                if (Own(user, user.Operands[i]) is { } own)
                {
                    user.SetOperand(i, own);
                }
            }
        }
    }

    /// <summary>A copy of an array that holds one value throughout, made by an operation that is not taken for another one's equal.</summary>
    private static Value? Own(GenericOp user, Value shared)
    {
        if (shared.HasOneUse)
        {
            return null;
        }

        var emit = new Emitter(new OpBuilder(user), user.Location);
        return shared switch
        {
            OpResult { Owner: GenericOp { Inputs.Count: 0, Results.Count: 1 } fill }
                when fill.OutputElement(0).IsUnused && SideEffects.IsPure(fill) => emit.Clone(
                fill,
                new IrMapping()
            ).Results[0],
            { Definer: SplatOp splat } => Filled(emit, splat.Input, [.. splat.DynamicSizes.ToArray()], shared.Type),
            { ConstAttr: DenseElementsAttr { SplatValue: { } value, ShapedType.Rank: > 0 } } => Filled(
                emit,
                emit.Constant(value),
                [],
                shared.Type
            ),
            _ => null,
        };
    }

    private static Value Filled(Emitter emit, Value scalar, Value[] sizes, IrType type)
    {
        var rank = ((RankedTensorType)type).Rank;
        return emit.Generic(
            [],
            [emit.Empty(sizes, (RankedTensorType)type)],
            [AffineMap.Identity(rank)],
            [.. Enumerable.Repeat(IteratorType.Parallel, rank)],
            (_, _) => [scalar]
        ).Results[0];
    }
}
