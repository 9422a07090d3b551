using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Removes blocks that control cannot reach from the entry of their region.</summary>
internal static class UnreachableBlocks
{
    /// <returns>Whether a block went.</returns>
    public static bool Erase(Region region)
    {
        if (region.IsEmpty || region.HasOneBlock)
        {
            return false;
        }

        var reached = new HashSet<Block>(ReferenceEqualityComparer.Instance) { region.First! };
        var pending = new Stack<Block>(reached);
        while (pending.TryPop(out var block))
        {
            foreach (var next in block.SuccessorBlocks)
            {
                if (reached.Add(next))
                {
                    pending.Push(next);
                }
            }
        }

        // References go first: unreachable blocks may use each other's values in any order.
        var dead = region.Blocks.Where(b => !reached.Contains(b)).ToList();
        foreach (var op in dead.SelectMany(b => b.Operations))
        {
            op.DropAllReferences();
        }

        foreach (var block in dead)
        {
            block.Erase();
        }

        return dead.Count > 0;
    }
}
