using Mlir.Dialects.Arith;
using Mlir.Dialects.Cf;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Scf;
using Mlir.IR;
using Tensor = Mlir.Dialects.Tensor;

namespace Mlir.Lowering;

/// <summary>Finds counted loops whose iterations write, and read of what is written, parts of their own only.</summary>
internal static class DisjointIterations
{
    // Iterations without loops of their own are some nanoseconds each.
    private const long SmallGrain = 4096;

    /// <summary>
    /// Whether each iteration of <paramref name="loop"/> touches, of the tensors that it carries, only elements whose subscript in some
    /// dimension lies in <c>[i, i + step)</c>.
    /// </summary>
    public static bool Proves(ForOp loop)
    {
        if (
            loop.InductionVar.Type is not IndexType
            || loop.Step.ConstInt is not { } step
            || step <= 0
            || loop.InitArgs.ToArray().Any(v => v.Type is not (RankedTensorType or MemRefType))
            || loop.Body.Operations.SelectMany(o => o.Walk()).Any(HasOtherEffects)
        )
        {
            return false;
        }

        for (var i = 0; i < loop.InitArgs.Count; i++)
        {
            var argument = loop.Body.Arguments[i + 1];
            var rank = argument.Type is ShapedType type ? type.Rank : 0;
            if (!Enumerable.Range(0, rank).Any(dim => new Flow(loop, i, dim, (long)step).StaysApart()))
            {
                return false;
            }
        }

        return true;
    }

    // for %i = %a to %b step %s { … } → parallel (%i) = (%a) to (%b) step (%s) { … } {mlir.grain}
    public static void ToParallel(Emitter emit, ForOp loop)
    {
        var isLarge = loop.Body.Operations.SelectMany(o => o.Walk()).Any(o => o is ILoopLike or ILinalgOp);
        var made = emit.Insert(ParallelOp.Create(loop.Location, [loop.LowerBound], [loop.UpperBound], [loop.Step]));
        made.SetAttribute(OutlineParallel.GrainAttribute, IntegerAttr.Get(IntegerType.I64, isLarge ? 1 : SmallGrain));
        loop.InductionVar.ReplaceAllUsesWith(made.Body.Arguments[0]);
        for (var op = loop.Body.First!; op.Next is { } next; op = next)
        {
            op.Remove();
            made.Body.Insert(op);
        }

        made.Body.Insert(new Dialects.Scf.ReduceOp(loop.Location, [], 0));
    }

    private static bool HasOtherEffects(Operation op) =>
        op is not AssertOp
        && (op.Definition.Dialect is not ("tensor" or "linalg" or "arith" or "math" or "scf") || op is ParallelOp);

    /// <summary>Follows a carried tensor through an iteration.</summary>
    private sealed class Flow(ForOp loop, int position, int dim, long step)
    {
        private readonly HashSet<Value> _states = new(ReferenceEqualityComparer.Instance);
        private readonly Stack<Value> _pending = new();

        public bool StaysApart()
        {
            Add(loop.Body.Arguments[position + 1]);
            while (_pending.TryPop(out var state))
            {
                foreach (var use in state.Uses)
                {
                    if (!Allows(use.Owner, use.Index, state))
                    {
                        return false;
                    }
                }
            }

            return _states.Contains(loop.Body.Last!.Operands[position]);
        }

        private void Add(Value state)
        {
            if (_states.Add(state))
            {
                _pending.Push(state);
            }
        }

        private bool Allows(Operation user, int index, Value state)
        {
            switch (user)
            {
                case Tensor.DimOp:
                    return true;
                case Tensor.ExtractOp extract:
                    return IsOwn(extract.Indices[dim]);
                case Tensor.InsertOp insert when index == 1:
                    Add(insert.Result);
                    return IsOwn(insert.Indices[dim]);
                case Tensor.ExtractSliceOp slice:
                    return IsOwnSlice(slice);
                case Tensor.InsertSliceOp slice when index == 1:
                    Add(slice.Result);
                    return IsOwnSlice(slice);
                case ForOp inner when index >= 3:
                    Add(inner.Body.Arguments[index - 2]);
                    Add(inner.Results[index - 3]);
                    return true;
                case WhileOp inner:
                    Add(inner.Before.Single.Arguments[index]);
                    return true;
                case ConditionOp when index > 0 && user.ParentOp is WhileOp inner:
                    Add(inner.After.Single.Arguments[index - 1]);
                    Add(inner.Results[index - 1]);
                    return true;
                case Dialects.Scf.YieldOp when ReferenceEquals(user.ParentOp, loop):
                    return index == position;
                case Dialects.Scf.YieldOp when user.ParentOp is WhileOp inner:
                    Add(inner.Before.Single.Arguments[index]);
                    return true;
                case Dialects.Scf.YieldOp when user.ParentOp is ForOp inner:
                    Add(inner.Body.Arguments[index + 1]);
                    Add(inner.Results[index]);
                    return true;
                case Dialects.Scf.YieldOp when user.ParentOp is IfOp branch:
                    Add(branch.Results[index]);
                    return true;
                default:
                    return false;
            }
        }

        /// <summary>Whether <paramref name="subscript"/> lies in <c>[i, i + step)</c>.</summary>
        private bool IsOwn(Value subscript) =>
            ReferenceEquals(subscript, loop.InductionVar)
            || (
                subscript.Definer is AddIOp { Lhs: var a, Rhs: var b }
                && (
                    (ReferenceEquals(a, loop.InductionVar) && IsBelowStep(b))
                    || (ReferenceEquals(b, loop.InductionVar) && IsBelowStep(a))
                )
            )
            || (
                subscript is BlockArgument { ParentBlock.ParentOp: ForOp { UnsignedCmp: false } inner }
                && ReferenceEquals(subscript, inner.InductionVar)
                && ReferenceEquals(inner.LowerBound, loop.InductionVar)
                && IsAtMost(inner.UpperBound, IsNextStart)
                && inner.Step.ConstInt is { } by
                && by > 0
            );

        /// <summary>Whether <paramref name="offset"/> lies in <c>[0, step)</c>: a number without a sign of few bits does.</summary>
        private bool IsBelowStep(Value offset) =>
            offset.Definer is IndexCastUIOp { In.Type: IntegerType { Width: < 63 and var bits } } && 1L << bits <= step;

        private bool IsOwnSlice(Dialects.ISlice slice)
        {
            var dynamicOffsets = slice.StaticOffsets.Values.Span[..dim].Count(ShapedType.Dynamic);
            if (
                slice.StaticOffsets.Values[dim] != ShapedType.Dynamic
                || !ReferenceEquals(slice.Offsets[dynamicOffsets], loop.InductionVar)
                || slice.StaticStrides.Values[dim] != 1
            )
            {
                return false;
            }

            var size = slice.StaticSizes.Values[dim];
            return size != ShapedType.Dynamic
                ? size <= step
                : IsAtMost(
                    slice.Sizes[slice.StaticSizes.Values.Span[..dim].Count(ShapedType.Dynamic)],
                    v => v.ConstInt is { } constant && constant <= (Int128)step
                );
        }

        // A minimum is at most each of its operands.
        private static bool IsAtMost(Value value, Func<Value, bool> isBound) =>
            isBound(value)
            || (value.Definer is MinSIOp min && (IsAtMost(min.Lhs, isBound) || IsAtMost(min.Rhs, isBound)));

        private bool IsNextStart(Value value) =>
            value.Definer is AddIOp { Lhs: var a, Rhs: var b }
            && (
                (ReferenceEquals(a, loop.InductionVar) && b.ConstInt == (Int128)step)
                || (ReferenceEquals(b, loop.InductionVar) && a.ConstInt == (Int128)step)
            );
    }
}
