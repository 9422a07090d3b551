namespace Mlir.IR;

/// <summary>A value that a block receives from its predecessors or from the operation around it.</summary>
public sealed class BlockArgument : Value
{
    internal BlockArgument(Block owner, int index, IrType type, Location location)
        : base(type) => (Owner, Index, Location) = (owner, index, location);

    /// <summary>The block.</summary>
    public Block Owner { get; internal set; }

    /// <summary>Which argument of <see cref="Owner"/> this is.</summary>
    public int Index { get; internal set; }

    /// <summary>Where the argument was written.</summary>
    public Location Location { get; set; }

    /// <inheritdoc/>
    public override Operation? Definer => null;

    /// <inheritdoc/>
    public override Block ParentBlock => Owner;
}
