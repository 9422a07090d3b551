namespace Mlir.IR;

/// <summary>A straight line of operations with arguments; the last operation says where control goes next.</summary>
public sealed class Block
{
    private readonly List<BlockArgument> _arguments = [];
    private bool _orderValid = true;

    /// <summary>The region that holds the block; null while detached.</summary>
    public Region? Parent { get; internal set; }

    /// <summary>The operation around the block; null while detached.</summary>
    public Operation? ParentOp => Parent?.Parent;

    /// <summary>The block before this one in its region.</summary>
    public Block? Previous { get; internal set; }

    /// <summary>The block after this one in its region.</summary>
    public Block? Next { get; internal set; }

    /// <summary>The first operation, or null when the block is empty.</summary>
    public Operation? First { get; private set; }

    /// <summary>The last operation, or null when the block is empty.</summary>
    public Operation? Last { get; private set; }

    /// <summary>The arguments.</summary>
    public IReadOnlyList<BlockArgument> Arguments => _arguments;

    /// <summary>The first edge into this block, the head of an intrusive list.</summary>
    public Successor? FirstUse { get; internal set; }

    /// <summary>Whether this is the first block of its region.</summary>
    public bool IsEntry => Parent is not null && Previous is null;

    /// <summary>The last operation if it is a terminator (or not known to be none), else null.</summary>
    public Operation? Terminator => Last is ITerminator or UnregisteredOp ? Last : null;

    /// <summary>The operations in order. The current one may be removed while it is at hand.</summary>
    public IEnumerable<Operation> Operations
    {
        get
        {
            for (var op = First; op is not null; )
            {
                var next = op.Next;
                yield return op;
                op = next;
            }
        }
    }

    /// <summary>The blocks with an edge into this one; one that has several edges comes several times.</summary>
    public IEnumerable<Block> Predecessors
    {
        get
        {
            for (var edge = FirstUse; edge is not null; edge = edge.NextUse)
            {
                if (edge.Owner.Block is { } block)
                {
                    yield return block;
                }
            }
        }
    }

    /// <summary>The only predecessor block, or null when there are none or several.</summary>
    public Block? SinglePredecessor => FirstUse is { NextUse: null } edge ? edge.Owner.Block : null;

    /// <summary>The blocks that the terminator may go to.</summary>
    public IEnumerable<Block> SuccessorBlocks => Last is null ? [] : Last.Successors.Select(s => s.Target);

    /// <summary>Appends an argument.</summary>
    public BlockArgument AddArgument(IrType type, Location? location = null)
    {
        var argument = new BlockArgument(this, _arguments.Count, type, location ?? Location.Unknown);
        _arguments.Add(argument);
        return argument;
    }

    /// <summary>Inserts an argument at <paramref name="index"/>.</summary>
    public BlockArgument InsertArgument(int index, IrType type, Location? location = null)
    {
        var argument = new BlockArgument(this, index, type, location ?? Location.Unknown);
        _arguments.Insert(index, argument);
        Renumber(index + 1);
        return argument;
    }

    /// <summary>Removes the argument at <paramref name="index"/>, which must be unused.</summary>
    /// <exception cref="InvalidOperationException">The argument has uses.</exception>
    public void EraseArgument(int index)
    {
        if (!_arguments[index].IsUnused)
        {
            throw new InvalidOperationException($"block argument #{index} still has uses");
        }

        _arguments.RemoveAt(index);
        Renumber(index);
    }

    /// <summary>Removes every argument that nothing uses and for which <paramref name="condition"/> holds.</summary>
    public void EraseUnusedArguments(Func<BlockArgument, bool> condition)
    {
        _arguments.RemoveAll(a => a.IsUnused && condition(a));
        Renumber(0);
    }

    private void Renumber(int from)
    {
        for (var i = from; i < _arguments.Count; i++)
        {
            _arguments[i].Index = i;
        }
    }

    /// <summary>Inserts a detached operation before <paramref name="before"/>, or at the end when that is null.</summary>
    /// <exception cref="InvalidOperationException">The operation is in a block, or <paramref name="before"/> is in another one.</exception>
    public void Insert(Operation op, Operation? before = null)
    {
        if (op.Block is not null || (before is not null && !ReferenceEquals(before.Block, this)))
        {
            throw new InvalidOperationException(
                $"'{op.Name}' is attached already, or the insertion point lies elsewhere"
            );
        }

        op.Block = this;
        op.Next = before;
        op.Previous = before is null ? Last : before.Previous;
        if (op.Previous is null)
        {
            First = op;
        }
        else
        {
            op.Previous.Next = op;
        }

        if (before is null)
        {
            Last = op;
            op.Order = op.Previous is null ? 0 : op.Previous.Order + 1;
        }
        else
        {
            before.Previous = op;
            _orderValid = false;
        }
    }

    internal void Unlink(Operation op)
    {
        if (op.Previous is null)
        {
            First = op.Next;
        }
        else
        {
            op.Previous.Next = op.Next;
        }

        if (op.Next is null)
        {
            Last = op.Previous;
        }
        else
        {
            op.Next.Previous = op.Previous;
        }

        op.Block = null;
        op.Previous = op.Next = null;
    }

    /// <summary>The position of <paramref name="op"/>, comparable with that of other operations of this block until the block changes.</summary>
    internal long OrderOf(Operation op)
    {
        if (!_orderValid)
        {
            var order = 0L;
            for (var o = First; o is not null; o = o.Next)
            {
                o.Order = order++;
            }

            _orderValid = true;
        }

        return op.Order;
    }

    /// <summary>All operations in order. Until the block is edited, each one's index is its <see cref="Operation.PlaceInBlock"/>.</summary>
    public Operation[] Number()
    {
        var operations = new List<Operation>();
        for (var op = First; op is not null; op = op.Next)
        {
            op.Order = operations.Count;
            operations.Add(op);
        }

        _orderValid = true;
        return [.. operations];
    }

    /// <summary>Takes the block out of its region.</summary>
    public void Remove()
    {
        if (Parent is null)
        {
            return;
        }

        if (Previous is null)
        {
            Parent.First = Next;
        }
        else
        {
            Previous.Next = Next;
        }

        if (Next is null)
        {
            Parent.Last = Previous;
        }
        else
        {
            Next.Previous = Previous;
        }

        Parent = null;
        Previous = Next = null;
    }

    /// <summary>Removes the block and all its operations.</summary>
    /// <exception cref="InvalidOperationException">A value of the block is used outside it, or a terminator goes to it.</exception>
    public void Erase()
    {
        foreach (var op in Operations)
        {
            op.DropAllReferences();
        }

        if (
            FirstUse is not null
            || _arguments.Any(a => !a.IsUnused)
            || Operations.Any(o => o.Results.Any(r => !r.IsUnused))
        )
        {
            throw new InvalidOperationException("the block is still in use");
        }

        Remove();
    }

    /// <summary>Moves <paramref name="first"/> and everything after it into a new block that follows this one.</summary>
    public Block SplitBefore(Operation first)
    {
        var rest = new Block();
        Parent!.Insert(rest, Next);
        for (var op = first; op is not null; )
        {
            var next = op.Next;
            Unlink(op);
            rest.Insert(op);
            op = next;
        }

        return rest;
    }

    /// <summary>The operation of this block that is <paramref name="op"/> or holds it; null when it lies elsewhere.</summary>
    public Operation? FindAncestor(Operation op)
    {
        for (var o = op; o is not null; o = o.ParentOp)
        {
            if (ReferenceEquals(o.Block, this))
            {
                return o;
            }
        }

        return null;
    }
}
