using Mlir.IR;

namespace Mlir.Dataflow;

/// <summary>What two nodes of a graph must have in common to be one.</summary>
/// <param name="what">What the node does: a function, a literal, what a tuple item is.</param>
/// <param name="also">More about it: a literal's type, an item's position.</param>
/// <param name="operands">The values that it takes.</param>
internal readonly struct NodeKey(object what, object? also, Value[] operands) : IEquatable<NodeKey>
{
    private readonly object _what = what;
    private readonly object? _also = also;
    private readonly Value[] _operands = operands;

    public bool Equals(NodeKey other) =>
        _what.Equals(other._what)
        && Equals(_also, other._also)
        && _operands.AsSpan().SequenceEqual(other._operands, ReferenceEqualityComparer.Instance);

    public override bool Equals(object? obj) => obj is NodeKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(_what);
        hash.Add(_also);
        foreach (var operand in _operands)
        {
            hash.Add(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(operand));
        }

        return hash.ToHashCode();
    }
}
