namespace Mlir.IR;

/// <summary>The builder through which patterns change IR, so that the driver sees every change.</summary>
public class PatternRewriter : OpBuilder
{
    private readonly Func<IrAttribute, IrType, Location, Operation?> _materialize;

    /// <summary>A rewriter that makes constants by the dialects of <paramref name="dialects"/>, <c>arith</c> before others.</summary>
    public PatternRewriter(DialectRegistry dialects)
    {
        var order = dialects.Dialects.OrderBy(d => d.Name != "arith").ToArray();
        _materialize = (value, type, location) =>
        {
            foreach (var dialect in order)
            {
                if (dialect.MaterializeConstant(value, type, location) is { } op)
                {
                    return op;
                }
            }

            return null;
        };
    }

    /// <summary>Replaces the results of <paramref name="op"/> by <paramref name="values"/> and erases it.</summary>
    public void ReplaceOp(Operation op, params ReadOnlySpan<Value> values)
    {
        for (var i = 0; i < op.Results.Count; i++)
        {
            ReplaceAllUses(op.Results[i], values[i]);
        }

        EraseOp(op);
    }

    /// <summary>Inserts <paramref name="replacement"/> before <paramref name="op"/>, gives it the users, and erases <paramref name="op"/>.</summary>
    public T ReplaceOpWith<T>(Operation op, T replacement)
        where T : Operation
    {
        SetInsertionPoint(op);
        Insert(replacement);
        ReplaceOp(op, [.. replacement.Results]);
        return replacement;
    }

    /// <summary>Makes all users of <paramref name="value"/> use <paramref name="replacement"/>.</summary>
    public void ReplaceAllUses(Value value, Value replacement)
    {
        foreach (var use in value.Uses)
        {
            OnModified(use.Owner);
        }

        if (replacement.NameHint is null && replacement is OpResult { Owner: not IConstantLike })
        {
            replacement.NameHint = value.NameHint;
        }

        value.ReplaceAllUsesWith(replacement);
    }

    /// <summary>Erases <paramref name="op"/> and everything inside it; its results must be unused.</summary>
    public void EraseOp(Operation op)
    {
        // Users first: they ask for a second look at what they used, which may be erased here as well.
        foreach (var inner in op.Walk().Reverse())
        {
            OnErased(inner);
        }

        if (ReferenceEquals(Before, op))
        {
            SetInsertionPointAfter(op);
        }

        op.Erase();
    }

    /// <summary>Changes <paramref name="op"/> in place.</summary>
    public void ModifyInPlace(Operation op, Action change)
    {
        change();
        OnModified(op);
    }

    /// <summary>Moves the operations of <paramref name="source"/> to just before <paramref name="before"/>, its arguments replaced by <paramref name="arguments"/>; erases the block.</summary>
    public void InlineBlockBefore(Block source, Operation before, params ReadOnlySpan<Value> arguments)
    {
        for (var i = 0; i < source.Arguments.Count; i++)
        {
            ReplaceAllUses(source.Arguments[i], arguments[i]);
        }

        while (source.First is { } op)
        {
            op.MoveBefore(before);
            OnModified(op);
        }

        source.Erase();
    }

    /// <summary>A constant of <paramref name="type"/> (a splat for shaped types) at the insertion point.</summary>
    public Value Constant(Int128 value, IrType type, Location? location = null) =>
        Constant(
            type is ShapedType shaped
                ? DenseElementsAttr.Splat(shaped, IntegerAttr.Get(shaped.ElementType, value))
                : IntegerAttr.Get(type, value),
            type,
            location
        );

    /// <summary>The constant <paramref name="value"/> of <paramref name="type"/> at the insertion point.</summary>
    /// <exception cref="InvalidOperationException">No registered dialect makes such a constant.</exception>
    public Value Constant(IrAttribute value, IrType type, Location? location = null) =>
        Insert(
            MaterializeConstant(value, type, location ?? Before?.Location ?? Location.Unknown)
                ?? throw new InvalidOperationException($"no dialect makes a constant {value} of type {type}")
        ).Result0;

    /// <summary>A detached constant operation, or null when no dialect makes one.</summary>
    protected Operation? MaterializeConstant(IrAttribute value, IrType type, Location location) =>
        _materialize(value, type, location);

    /// <summary>Called when an operation was changed in place or lost or gained a user.</summary>
    protected virtual void OnModified(Operation op) { }

    /// <summary>Called before an operation goes.</summary>
    protected virtual void OnErased(Operation op) { }
}
