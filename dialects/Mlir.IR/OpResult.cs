namespace Mlir.IR;

/// <summary>A value that an operation computes.</summary>
public sealed class OpResult : Value
{
    internal OpResult(Operation owner, int index, IrType type)
        : base(type) => (Owner, Index) = (owner, index);

    /// <summary>The operation that computes it.</summary>
    public Operation Owner { get; }

    /// <summary>Which result of <see cref="Owner"/> this is.</summary>
    public int Index { get; }

    /// <inheritdoc/>
    public override Operation Definer => Owner;

    /// <inheritdoc/>
    public override Block? ParentBlock => Owner.Block;
}
