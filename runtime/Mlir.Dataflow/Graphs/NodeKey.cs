using System.Runtime.CompilerServices;
using Mlir.IR;

namespace Mlir.Dataflow;

/// <summary>What two nodes of a graph must have in common to be one. Everything in it is compared by identity: functions, and interned attributes.</summary>
/// <param name="what">What the node does: its function, its literal, or the type of its operation.</param>
/// <param name="type">The type of its result, where that does not follow.</param>
/// <param name="index">The position of a tuple's item.</param>
/// <param name="operands">The values that it takes.</param>
internal readonly struct NodeKey(object what, Type? type, int index, Value[] operands) : IEquatable<NodeKey>
{
    private readonly object _what = what;
    private readonly Type? _type = type;
    private readonly int _index = index;
    private readonly Value[] _operands = operands;

    public bool Equals(NodeKey other)
    {
        if (
            !ReferenceEquals(_what, other._what)
            || !ReferenceEquals(_type, other._type)
            || _index != other._index
            || _operands.Length != other._operands.Length
        )
        {
            return false;
        }

        for (var i = 0; i < _operands.Length; i++)
        {
            if (!ReferenceEquals(_operands[i], other._operands[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is NodeKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = RuntimeHelpers.GetHashCode(_what) + (31 * _index);
        foreach (var operand in _operands)
        {
            hash = (hash * 31) + RuntimeHelpers.GetHashCode(operand);
        }

        return hash;
    }
}
