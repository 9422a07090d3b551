namespace Mlir.IR;

/// <summary>What may be removed, repeated or moved.</summary>
public static class SideEffects
{
    /// <summary>Whether neither the operation nor anything inside it has an effect.</summary>
    public static bool IsPure(Operation op) => Allows(op, MemoryEffects.None);

    /// <summary>Whether the operation at most reads memory, so that nobody misses it when its results are unused.</summary>
    public static bool IsRemovable(Operation op) => Allows(op, MemoryEffects.Read | MemoryEffects.Allocate);

    /// <summary>Whether the operation may be erased now: results unused, and nothing but reads or allocations inside.</summary>
    public static bool IsTriviallyDead(Operation op)
    {
        if (op is ITerminator or ISymbol)
        {
            return false;
        }

        foreach (var result in op.Results)
        {
            if (!result.IsUnused)
            {
                return false;
            }
        }

        return IsRemovable(op);
    }

    private static bool Allows(Operation root, MemoryEffects allowed)
    {
        if (root.Regions.Count == 0)
        {
            return AllowsAlone(root, allowed);
        }

        foreach (var op in root.Walk())
        {
            // A terminator inside only hands on values, unless its definition says more.
            if (
                !AllowsAlone(op, allowed)
                && (op is not ITerminator || op is IMemoryEffects || ReferenceEquals(op, root))
            )
            {
                return false;
            }
        }

        return true;
    }

    private static bool AllowsAlone(Operation op, MemoryEffects allowed) =>
        op switch
        {
            IPure or IRecursiveEffects => true,
            IMemoryEffects effects => (effects.Effects & ~allowed) == 0,
            _ => false,
        };
}
