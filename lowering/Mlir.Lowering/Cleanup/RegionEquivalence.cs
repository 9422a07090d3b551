using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Whether the regions of two operations do the same with the same values from outside.</summary>
internal static class RegionEquivalence
{
    /// <summary>Compares regions of one block each; others are never equal.</summary>
    public static bool Holds(Operation a, Operation b) =>
        Regions(a, b, new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance));

    private static bool Regions(Operation a, Operation b, Dictionary<Value, Value> inner)
    {
        for (var i = 0; i < a.Regions.Count; i++)
        {
            var (x, y) = (a.Regions[i], b.Regions[i]);
            if (
                x.IsEmpty != y.IsEmpty
                || (!x.IsEmpty && !(x.HasOneBlock && y.HasOneBlock && Blocks(x.Single, y.Single, inner)))
            )
            {
                return false;
            }
        }

        return true;
    }

    private static bool Blocks(Block a, Block b, Dictionary<Value, Value> inner)
    {
        if (a.Arguments.Count != b.Arguments.Count)
        {
            return false;
        }

        for (var i = 0; i < a.Arguments.Count; i++)
        {
            if (a.Arguments[i].Type != b.Arguments[i].Type)
            {
                return false;
            }

            inner[a.Arguments[i]] = b.Arguments[i];
        }

        var (x, y) = (a.First, b.First);
        for (; x is not null && y is not null; x = x.Next, y = y.Next)
        {
            if (!Operations(x, y, inner))
            {
                return false;
            }
        }

        return x is null && y is null;
    }

    private static bool Operations(Operation a, Operation b, Dictionary<Value, Value> inner)
    {
        if (!OperationKey.AgreeOnForm(a, b) || a.Successors.Count > 0)
        {
            return false;
        }

        for (var i = 0; i < a.Operands.Count; i++)
        {
            if (!ReferenceEquals(inner.GetValueOrDefault(a.Operands[i], a.Operands[i]), b.Operands[i]))
            {
                return false;
            }
        }

        for (var i = 0; i < a.Results.Count; i++)
        {
            inner[a.Results[i]] = b.Results[i];
        }

        return Regions(a, b, inner);
    }
}
