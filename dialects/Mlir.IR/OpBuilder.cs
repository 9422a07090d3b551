namespace Mlir.IR;

/// <summary>Inserts operations at a place that moves along with them.</summary>
public class OpBuilder
{
    /// <summary>A builder without a place yet.</summary>
    public OpBuilder() { }

    /// <summary>A builder that appends to <paramref name="block"/>.</summary>
    public OpBuilder(Block block) => SetInsertionPointToEnd(block);

    /// <summary>A builder that inserts before <paramref name="op"/>.</summary>
    public OpBuilder(Operation op) => SetInsertionPoint(op);

    /// <summary>The block that receives operations.</summary>
    public Block? Block { get; private set; }

    /// <summary>The operation before which new ones go; null for the block's end.</summary>
    public Operation? Before { get; private set; }

    /// <summary>Inserts before <paramref name="op"/> from now on.</summary>
    public void SetInsertionPoint(Operation op) => (Block, Before) = (op.Block, op);

    /// <summary>Inserts after <paramref name="op"/> from now on.</summary>
    public void SetInsertionPointAfter(Operation op) => (Block, Before) = (op.Block, op.Next);

    /// <summary>Inserts at the start of <paramref name="block"/> from now on.</summary>
    public void SetInsertionPointToStart(Block block) => (Block, Before) = (block, block.First);

    /// <summary>Appends to <paramref name="block"/> from now on.</summary>
    public void SetInsertionPointToEnd(Block block) => (Block, Before) = (block, null);

    /// <summary>Inserts just after the definition of <paramref name="value"/> from now on.</summary>
    public void SetInsertionPointAfter(Value value)
    {
        if (value.Definer is { } definer)
        {
            SetInsertionPointAfter(definer);
        }
        else
        {
            SetInsertionPointToStart(value.ParentBlock!);
        }
    }

    /// <summary>The place at hand, to come back to with <see cref="Restore"/>.</summary>
    public (Block? Block, Operation? Before) Save() => (Block, Before);

    /// <summary>Goes back to a place from <see cref="Save"/>.</summary>
    public void Restore((Block? Block, Operation? Before) point) => (Block, Before) = point;

    /// <summary>Inserts <paramref name="op"/> and returns it.</summary>
    /// <exception cref="InvalidOperationException">No insertion point was set.</exception>
    public T Insert<T>(T op)
        where T : Operation
    {
        (Block ?? throw new InvalidOperationException("the builder has no insertion point")).Insert(op, Before);
        OnInserted(op);
        return op;
    }

    /// <summary>Copies <paramref name="op"/> with <paramref name="mapping"/> and inserts the copy.</summary>
    public Operation Clone(Operation op, IrMapping? mapping = null) => Insert(op.Clone(mapping));

    /// <summary>Called after an insertion, so that a rewriter can look at the new operation.</summary>
    protected virtual void OnInserted(Operation op) { }
}
