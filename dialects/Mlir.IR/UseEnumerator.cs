namespace Mlir.IR;

/// <summary>Walks the uses of a value without allocating.</summary>
public struct UseEnumerator
{
    private OpOperand? _next;

    internal UseEnumerator(OpOperand? first)
    {
        _next = first;
        Current = null!;
    }

    /// <summary>The use at hand.</summary>
    public OpOperand Current { get; private set; }

    /// <summary>Goes to the next use.</summary>
    public bool MoveNext()
    {
        if (_next is null)
        {
            return false;
        }

        Current = _next;
        _next = _next.NextUse;
        return true;
    }

    /// <summary>This enumerator, so that <c>foreach</c> accepts it.</summary>
    public readonly UseEnumerator GetEnumerator() => this;

    /// <summary>The uses as a list, which stays valid while uses are edited.</summary>
    public readonly List<OpOperand> ToList()
    {
        var list = new List<OpOperand>();
        foreach (var use in this)
        {
            list.Add(use);
        }

        return list;
    }
}
