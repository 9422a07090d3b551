using System.Numerics;
using System.Runtime.CompilerServices;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Compares a graph's operations by what they compute, for graphs of a million tasks: an operand's hash is the place of the operation that makes it.</summary>
internal readonly struct FlowKey : IEquatable<FlowKey>
{
    private readonly int _hash;

    public FlowKey(Operation op)
    {
        Operation = op;
        var hash = RuntimeHelpers.GetHashCode(op.Definition);
        foreach (var operand in op.OpOperands)
        {
            hash = Mix(hash, (int)operand.Value.Definer!.PlaceInBlock);
        }

        for (var i = 0; i < op.Definition.AttributeNames.Length; i++)
        {
            // Texts are interned: the object stands for what it says.
            var value = op.GetInherent(i);
            hash = Mix(hash, value is StringAttr ? RuntimeHelpers.GetHashCode(value) : value?.GetHashCode() ?? 0);
        }

        _hash = hash;
    }

    public Operation Operation { get; }

    public bool Equals(FlowKey other)
    {
        var (a, b) = (Operation, other.Operation);
        if (
            _hash != other._hash
            || !ReferenceEquals(a.Definition, b.Definition)
            || a.OpOperands.Length != b.OpOperands.Length
            || a.OpResults[0].Type != b.OpResults[0].Type
            || a.Discardable != b.Discardable
        )
        {
            return false;
        }

        for (var i = 0; i < a.OpOperands.Length; i++)
        {
            if (!ReferenceEquals(a.OpOperands[i].Value, b.OpOperands[i].Value))
            {
                return false;
            }
        }

        for (var i = 0; i < a.Definition.AttributeNames.Length; i++)
        {
            if (!Equals(a.GetInherent(i), b.GetInherent(i)))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is FlowKey other && Equals(other);

    public override int GetHashCode() => _hash;

    // The prime keeps sequences apart whose numbers differ by little.
    private static int Mix(int hash, int value) =>
        (int)BitOperations.RotateLeft((uint)hash * 0x9E3779B1u, 13) ^ value * -1640531535;
}
