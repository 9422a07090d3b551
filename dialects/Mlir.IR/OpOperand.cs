namespace Mlir.IR;

/// <summary>One use of a value by an operation, a link in the value's use list.</summary>
public sealed class OpOperand
{
    private OpOperand? _previousUse;

    internal OpOperand(Operation owner, int index, Value value)
    {
        Owner = owner;
        Index = index;
        Value = value;
        Link();
    }

    /// <summary>The operation that uses the value.</summary>
    public Operation Owner { get; }

    /// <summary>Which operand of <see cref="Owner"/> this is.</summary>
    public int Index { get; internal set; }

    /// <summary>The value used.</summary>
    public Value Value { get; private set; }

    /// <summary>The next use of the same value.</summary>
    public OpOperand? NextUse { get; private set; }

    /// <summary>Uses <paramref name="value"/> instead.</summary>
    public void Set(Value value)
    {
        Unlink();
        Value = value;
        Link();
    }

    private void Link()
    {
        NextUse = Value.FirstUse;
        _previousUse = null;
        if (NextUse is not null)
        {
            NextUse._previousUse = this;
        }

        Value.FirstUse = this;
    }

    internal void Unlink()
    {
        if (_previousUse is null)
        {
            // A use that was dropped before heads no list.
            if (ReferenceEquals(Value.FirstUse, this))
            {
                Value.FirstUse = NextUse;
            }
        }
        else
        {
            _previousUse.NextUse = NextUse;
        }

        if (NextUse is not null)
        {
            NextUse._previousUse = _previousUse;
        }

        NextUse = _previousUse = null;
    }
}
