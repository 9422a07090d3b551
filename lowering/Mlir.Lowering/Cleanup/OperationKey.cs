using System.Runtime.CompilerServices;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Compares operations by what they compute: kind, operands, attributes, result types, and what their regions do.</summary>
internal readonly struct OperationKey : IEquatable<OperationKey>
{
    private readonly Operation _op;
    private readonly int _hash;

    public OperationKey(Operation op)
    {
        _op = op;
        var hash = new HashCode();
        hash.Add(RuntimeHelpers.GetHashCode(op.Definition));
        if (op is ICommutative && op.Operands.Count == 2)
        {
            hash.Add(RuntimeHelpers.GetHashCode(op.Operands[0]) ^ RuntimeHelpers.GetHashCode(op.Operands[1]));
        }
        else
        {
            foreach (var operand in op.Operands)
            {
                hash.Add(RuntimeHelpers.GetHashCode(operand));
            }
        }

        for (var i = 0; i < op.Definition.AttributeNames.Length; i++)
        {
            hash.Add(op.GetInherent(i));
        }

        foreach (var result in op.Results)
        {
            hash.Add(result.Type);
        }

        _hash = hash.ToHashCode();
    }

    public bool Equals(OperationKey other)
    {
        var (a, b) = (_op, other._op);
        return AgreeOnForm(a, b)
            && (
                SameOperands(a, b)
                || (
                    a is ICommutative
                    && a.Operands.Count == 2
                    && ReferenceEquals(a.Operands[0], b.Operands[1])
                    && ReferenceEquals(a.Operands[1], b.Operands[0])
                )
            )
            && (a.Regions.Count == 0 || RegionEquivalence.Holds(a, b));
    }

    /// <summary>Whether two operations agree in all but operands and regions: kind, attributes, numbers and types.</summary>
    public static bool AgreeOnForm(Operation a, Operation b)
    {
        if (
            !ReferenceEquals(a.Definition, b.Definition)
            || a.Operands.Count != b.Operands.Count
            || a.Results.Count != b.Results.Count
            || a.Regions.Count != b.Regions.Count
            || a.Discardable != b.Discardable
        )
        {
            return false;
        }

        for (var i = 0; i < a.Results.Count; i++)
        {
            if (a.Results[i].Type != b.Results[i].Type)
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

    public override bool Equals(object? obj) => obj is OperationKey other && Equals(other);

    public override int GetHashCode() => _hash;

    private static bool SameOperands(Operation a, Operation b)
    {
        for (var i = 0; i < a.Operands.Count; i++)
        {
            if (!ReferenceEquals(a.Operands[i], b.Operands[i]))
            {
                return false;
            }
        }

        return true;
    }
}
