namespace Mlir.IR;

/// <summary>An edge from a terminator to a block, a link in the block's predecessor list.</summary>
public sealed class Successor
{
    private Successor? _previous;

    internal Successor(Operation owner, int index, Block target)
    {
        Owner = owner;
        Index = index;
        Target = target;
        Link();
    }

    /// <summary>The terminator.</summary>
    public Operation Owner { get; }

    /// <summary>Which successor of <see cref="Owner"/> this is.</summary>
    public int Index { get; }

    /// <summary>The block that control goes to.</summary>
    public Block Target { get; private set; }

    /// <summary>The next edge into the same block.</summary>
    public Successor? NextUse { get; private set; }

    /// <summary>Redirects the edge.</summary>
    public void Set(Block target)
    {
        Unlink();
        Target = target;
        Link();
    }

    private void Link()
    {
        NextUse = Target.FirstUse;
        _previous = null;
        if (NextUse is not null)
        {
            NextUse._previous = this;
        }

        Target.FirstUse = this;
    }

    internal void Unlink()
    {
        if (_previous is not null)
        {
            _previous.NextUse = NextUse;
        }
        else if (ReferenceEquals(Target.FirstUse, this))
        {
            Target.FirstUse = NextUse;
        }

        if (NextUse is not null)
        {
            NextUse._previous = _previous;
        }

        NextUse = _previous = null;
    }
}
