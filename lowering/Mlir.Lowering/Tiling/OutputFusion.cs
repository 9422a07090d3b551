using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>What happens elementwise to the output of a contraction before and after it, where that can be done on tiles.</summary>
/// <remarks>
/// The operations in between must not notice that the contraction runs later, at the place of what follows it: they compute values,
/// allocate, or write to memory that neither reads. Memory that would be freed in between is freed afterwards.
/// </remarks>
internal sealed class OutputFusion
{
    private readonly List<Operation> _deferred = [];

    private readonly Func<GenericOp, bool> _canFuse;

    private OutputFusion(Operation place, Value output, Func<GenericOp, bool> canFuse) =>
        (Place, Output, _canFuse) = (place, output, canFuse);

    /// <summary>Gives the output its initial value, element by element; null when it is in memory already.</summary>
    public GenericOp? Before { get; private set; }

    /// <summary>Computes the final result from the sums, element by element; null when the sums are the result.</summary>
    public GenericOp? After { get; private set; }

    /// <summary>The elements in the body of <see cref="After"/> that stand for the sums.</summary>
    public IReadOnlyList<Value> Sums { get; private set; } = [];

    /// <summary>Where the contraction runs: loops go in front of it.</summary>
    public Operation Place { get; private set; }

    /// <summary>The array that holds the sums while they are unfinished.</summary>
    public Value Output { get; private set; }

    /// <summary>What can be fused with <paramref name="op"/>.</summary>
    /// <param name="op">The contraction.</param>
    /// <param name="canFuse">Whether the target computes such a body on tiles.</param>
    public static OutputFusion Find(GenericOp op, Func<GenericOp, bool> canFuse)
    {
        var output = op.Outputs[0];
        var fusion = new OutputFusion(op, output, canFuse);
        var own = output.Definer is AllocOp alloc && ReferenceEquals(alloc.Block, op.Block);
        if (own && fusion.FindAfter(op, output) is { } after)
        {
            (fusion.After, fusion.Place) = (after, after);
        }

        fusion.FindBefore(op, output);
        return fusion;
    }

    /// <summary>Removes what was fused, once the loops stand at <see cref="Place"/>.</summary>
    public void Finish(GenericOp op)
    {
        var output = op.Outputs[0];
        foreach (var free in _deferred)
        {
            free.Remove();
            var builder = new OpBuilder();
            builder.SetInsertionPointAfter(Place);
            builder.Insert(free);
        }

        Before?.Erase();
        After?.Erase();
        op.Erase();
        if (output.Definer is not AllocOp alloc)
        {
            return;
        }

        // An array of sums that nobody needs any more.
        var users = new List<Operation>();
        foreach (var use in output.Uses)
        {
            if (use.Owner is not (DeallocOp or DimOp))
            {
                return;
            }

            users.Add(use.Owner);
        }

        foreach (var user in users)
        {
            if (user is DimOp dim)
            {
                var emit = new Emitter(new OpBuilder(dim), dim.Location);
                dim.Result.ReplaceAllUsesWith(emit.MemRefDim(output, (int)dim.Index.ConstInt!.Value));
            }

            user.Erase();
        }

        alloc.Erase();
    }

    private GenericOp? FindAfter(GenericOp op, Value sums)
    {
        GenericOp? after = null;
        foreach (var use in sums.Uses)
        {
            if (
                use.Owner is GenericOp other
                && ReferenceEquals(other.Block, op.Block)
                && op.IsBefore(other)
                && (after is null || other.IsBefore(after))
            )
            {
                after = other;
            }
        }

        // Who comes later sees the result where that takes the place of the sums.
        var inPlace = after is { Outputs.Count: 1 } && ReferenceEquals(after.Outputs[0], sums);
        foreach (var use in sums.Uses)
        {
            var isKnown =
                use.Owner is DeallocOp or DimOp { Index.ConstInt: not null }
                || ReferenceEquals(use.Owner, op)
                || ReferenceEquals(use.Owner, after)
                || (use.Owner is GenericOp other && ReferenceEquals(other.Block, op.Block) && other.IsBefore(op))
                || (inPlace && ReferenceEquals(use.Owner.Block, op.Block) && after!.IsBefore(use.Owner));
            if (!isKnown)
            {
                return null;
            }
        }

        if (after is null || !IsElementwiseOn(after, sums) || !CanDelay(op, after, [.. op.Inputs, sums]))
        {
            return null;
        }

        var elements = new List<Value>();
        for (var i = 0; i < after.Operands.Count; i++)
        {
            if (ReferenceEquals(after.Operands[i], sums))
            {
                elements.Add(after.BodyBlock.Arguments[i]);
            }
        }

        // Unfinished sums wait where the result will be, when that is one array of their type.
        var target = after.Outputs[0];
        if (!ReferenceEquals(target, sums))
        {
            for (var i = 0; i < after.Outputs.Count; i++)
            {
                var root = RootOf(after.Outputs[i]);
                if (
                    ReferenceEquals(after.Outputs[i], sums)
                    || root.Definer is not AllocOp
                    || !after.OutputElement(i).IsUnused
                    || op.Inputs.Any(v => ReferenceEquals(RootOf(v), root))
                    || after.Inputs.Any(v => ReferenceEquals(RootOf(v), root))
                )
                {
                    return null;
                }
            }

            if (((MemRefType)target.Type).ElementType == ((MemRefType)sums.Type).ElementType)
            {
                Output = target;
            }
        }
        else if (after.Outputs.Count > 1)
        {
            return null;
        }

        Sums = elements;
        return after;
    }

    /// <summary>Loops exactly over the sums, with subscripts as they are, on what the target computes.</summary>
    private bool IsElementwiseOn(GenericOp op, Value sums)
    {
        if (op.IteratorKinds.Any(k => k != IteratorType.Parallel) || !_canFuse(op))
        {
            return false;
        }

        for (var i = 0; i < op.Operands.Count; i++)
        {
            if ((i >= op.Inputs.Count || ReferenceEquals(op.Operands[i], sums)) && !op.MapOf(i).IsIdentity)
            {
                return false;
            }
        }

        return true;
    }

    private void FindBefore(GenericOp op, Value output)
    {
        for (var previous = op.Previous; previous is not null; previous = previous.Previous)
        {
            if (
                previous is GenericOp { Outputs.Count: 1, Results.Count: 0 } writer
                && ReferenceEquals(writer.Outputs[0], output)
            )
            {
                // The only one that reads what it wrote is the contraction, and the sums cover all of it.
                if (
                    writer.OutputElement(0).IsUnused
                    && IsElementwiseOn(writer, output)
                    && !writer.Inputs.Any(v => ReferenceEquals(v, output))
                    && !writer.Inputs.Any(v => ReferenceEquals(RootOf(v), RootOf(Output)))
                    && CanDelay(writer, Place, [.. writer.Inputs], op)
                )
                {
                    Before = writer;
                }

                return;
            }

            if (!Ignores(previous, RootOf(output)))
            {
                return;
            }
        }
    }

    /// <summary>Whether <paramref name="op"/> neither reads nor writes memory of <paramref name="root"/>.</summary>
    private static bool Ignores(Operation op, Value root) =>
        op is AllocOp
        || SideEffects.IsPure(op)
        || (
            op is GenericOp or DeallocOp
            && !op.Operands.ToArray().Any(v => v.Type is MemRefType && MayAlias(RootOf(v), root))
        );

    /// <summary>Whether <paramref name="op"/> may run at <paramref name="later"/> instead, as far as what it <paramref name="uses"/> goes.</summary>
    private bool CanDelay(Operation op, Operation later, Value[] uses, Operation? skip = null)
    {
        var roots = uses.Where(v => v.Type is MemRefType).Select(RootOf).ToArray();
        var frees = new List<Operation>();
        for (var between = op.Next; !ReferenceEquals(between, later); between = between.Next)
        {
            if (between is null)
            {
                return false;
            }

            if (ReferenceEquals(between, skip) || between is AllocOp || SideEffects.IsPure(between))
            {
                continue;
            }

            if (between is DeallocOp free)
            {
                if (roots.Any(r => MayAlias(r, RootOf(free.Memref))))
                {
                    frees.Add(free);
                }

                continue;
            }

            if (
                between is not GenericOp { Results.Count: 0 } other
                || other.Outputs.Any(o => roots.Any(r => MayAlias(r, RootOf(o))))
            )
            {
                return false;
            }
        }

        _deferred.AddRange(frees.Where(f => !_deferred.Contains(f)));
        return true;
    }

    private static Value RootOf(Value memory)
    {
        while (memory.Definer is SubViewOp or CastOp or CollapseShapeOp or ExpandShapeOp or ReinterpretCastOp or ViewOp)
        {
            memory = memory.Definer.Operands[0];
        }

        return memory;
    }

    /// <summary>Memory that was allocated here is nobody else's.</summary>
    private static bool MayAlias(Value a, Value b) =>
        ReferenceEquals(a, b) || !(a.Definer is AllocOp or AllocaOp || b.Definer is AllocOp or AllocaOp);
}
