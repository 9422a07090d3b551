using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Joins <c>linalg.generic</c> operations so that temporaries disappear: elementwise producers move into their consumer (through
/// broadcasts, transposes and reductions), and siblings over one iteration space become one operation with several results.
/// </summary>
/// <param name="MaxInputs">The most arrays that a fused operation may read.</param>
/// <param name="MaxRecompute">The most cost of an element that is always computed once more for another consumer.</param>
/// <param name="MaxCost">
/// The most cost of an element of a fused operation, about fifty elementary functions: beside that much arithmetic a temporary array costs nothing,
/// and the time to compile a loop grows faster than its body.
/// </param>
/// <param name="MixedLanes">Whether reductions may share a loop when they have different numbers of lanes, or find places.</param>
/// <example><code>
/// %t = generic ins(%x) { yield exp(%x) };  %y = generic ins(%t, %z) { yield %t * %z }
/// →
/// %y = generic ins(%x, %z) { yield exp(%x) * %z }
/// </code></example>
[Pass("fuse-elementwise")]
public sealed partial record FuseElementwise(
    int MaxInputs = 16,
    int MaxRecompute = 8,
    int MaxCost = 1000,
    bool MixedLanes = true
) : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        var blocks = new HashSet<Block>(ReferenceEqualityComparer.Instance);
        foreach (var generic in op.Walk().OfType<GenericOp>())
        {
            blocks.Add(generic.Block!);
        }

        foreach (var block in blocks)
        {
            // Backwards: a consumer takes in its producers, and theirs, before they are looked at themselves.
            for (var last = block.Last; last is not null; )
            {
                context.Cancellation.ThrowIfCancellationRequested();
                last = last is GenericOp { Results.Count: > 0 } consumer ? Grow(consumer).Previous : last.Previous;
            }
        }
    }

    private Operation Grow(GenericOp consumer)
    {
        var (group, cost) = (new FusionGroup(consumer), CostModel.OfElement(consumer));
        while (TryAbsorbProducer(group, ref cost) || TryAbsorbSibling(group, ref cost)) { }

        return group.Finish();
    }

    private bool TryAbsorbProducer(FusionGroup group, ref int cost)
    {
        foreach (var input in group.Inputs)
        {
            if (
                input.Value is OpResult { Owner: GenericOp producer } result
                && ReferenceEquals(producer.Block, group.Root.Block)
                && group.CanAbsorb(producer, result.Index, input.Map)
                && group.InputCountWith(producer, input) <= MaxInputs
                && CostModel.OfElement(producer) is var more
                && cost + more <= MaxCost
                && (!group.IsContraction || more <= MaxRecompute)
            )
            {
                if (group.OwnsAllUsesOf(producer))
                {
                    group.Absorb(producer, input, FusionMode.Move);
                    cost += more;
                    return true;
                }

                if (group.CanReturn(producer, input.Map))
                {
                    group.Absorb(producer, input, FusionMode.MoveAndReturn);
                    cost += more;
                    return true;
                }

                if (CostModel.RecomputingPays(producer, MaxRecompute) && SideEffects.IsPure(producer))
                {
                    group.Absorb(producer, input, FusionMode.Copy);
                    cost += more;
                    return true;
                }
            }
        }

        return false;
    }

    private bool TryAbsorbSibling(FusionGroup group, ref int cost)
    {
        foreach (var input in group.Inputs)
        {
            foreach (var use in input.Value.Uses)
            {
                if (
                    use.Owner is GenericOp { Results.Count: > 0 } sibling
                    && !ReferenceEquals(sibling, group.Root)
                    && use.Index < sibling.Inputs.Count
                    && sibling.MapOf(use.Index) == input.Map
                    && group.CanAbsorbSibling(sibling, MixedLanes)
                    && group.InputCountWith(sibling, null) <= MaxInputs
                    && CostModel.OfElement(sibling) is var more
                    && cost + more <= MaxCost
                )
                {
                    group.AbsorbSibling(sibling);
                    cost += more;
                    return true;
                }
            }
        }

        return false;
    }
}
