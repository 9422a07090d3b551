namespace Mlir.IR;

/// <summary>A list of blocks inside an operation; the first one is the entry.</summary>
public sealed class Region
{
    /// <summary>The operation that holds the region; null while detached.</summary>
    public Operation? Parent { get; internal set; }

    /// <summary>The entry block, or null when the region is empty.</summary>
    public Block? First { get; internal set; }

    /// <summary>The last block, or null when the region is empty.</summary>
    public Block? Last { get; internal set; }

    /// <summary>The region around <see cref="Parent"/>.</summary>
    public Region? ParentRegion => Parent?.ParentRegion;

    /// <summary>Whether there is no block.</summary>
    public bool IsEmpty => First is null;

    /// <summary>Whether there is exactly one block.</summary>
    public bool HasOneBlock => First is not null && ReferenceEquals(First, Last);

    /// <summary>The only block.</summary>
    /// <exception cref="InvalidOperationException">The region has no block, or more than one.</exception>
    public Block Single =>
        HasOneBlock ? First! : throw new InvalidOperationException("the region does not have exactly one block");

    /// <summary>The blocks in order. A block may be removed while it is the current one.</summary>
    public IEnumerable<Block> Blocks
    {
        get
        {
            for (var block = First; block is not null; )
            {
                var next = block.Next;
                yield return block;
                block = next;
            }
        }
    }

    /// <summary>Appends a new block with arguments of these types.</summary>
    public Block AddBlock(params ReadOnlySpan<IrType> argumentTypes)
    {
        var block = new Block();
        foreach (var type in argumentTypes)
        {
            block.AddArgument(type, Location.Unknown);
        }

        Insert(block, null);
        return block;
    }

    /// <summary>Inserts a detached block before <paramref name="before"/>, or at the end when that is null.</summary>
    /// <exception cref="InvalidOperationException">The block is in a region, or <paramref name="before"/> is in another one.</exception>
    public void Insert(Block block, Block? before = null)
    {
        if (block.Parent is not null || (before is not null && !ReferenceEquals(before.Parent, this)))
        {
            throw new InvalidOperationException("the block is attached already, or the insertion point lies elsewhere");
        }

        block.Parent = this;
        block.Next = before;
        block.Previous = before is null ? Last : before.Previous;
        if (block.Previous is null)
        {
            First = block;
        }
        else
        {
            block.Previous.Next = block;
        }

        if (before is null)
        {
            Last = block;
        }
        else
        {
            before.Previous = block;
        }
    }

    /// <summary>Moves all blocks of <paramref name="source"/> to the end of this region.</summary>
    public void TakeBlocks(Region source)
    {
        while (source.First is { } block)
        {
            block.Remove();
            Insert(block);
        }
    }

    /// <summary>Whether this region is <paramref name="other"/> or lies inside it.</summary>
    public bool IsWithin(Region other)
    {
        for (var region = this; region is not null; region = region.ParentRegion)
        {
            if (ReferenceEquals(region, other))
            {
                return true;
            }
        }

        return false;
    }
}
