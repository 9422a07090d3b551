using System.Runtime.InteropServices;

namespace Mlir.IR;

/// <summary>Which definitions reach which uses on every path, computed region by region when first asked.</summary>
/// <remarks>
/// The tree comes from the iterative algorithm of Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
/// Blocks that control never reaches are dominated by every block. Editing blocks or edges makes the answers stale.
/// </remarks>
public sealed class DominanceInfo
{
    private readonly Dictionary<Region, RegionTree> _trees = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether every path from the region's entry to <paramref name="b"/> goes through <paramref name="a"/>, or they are one.</summary>
    public bool Dominates(Block a, Block b)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        // A block inside an operation is dominated by what dominates that operation's block.
        for (Block? inner = b; inner is not null; inner = inner.ParentOp?.Block)
        {
            if (ReferenceEquals(inner.Parent, a.Parent))
            {
                return ReferenceEquals(a, inner) || (a.Parent is { } region && Tree(region).Dominates(a, inner));
            }
        }

        return false;
    }

    /// <summary>Whether <paramref name="a"/> is computed before <paramref name="b"/> on every path; an operation does not precede itself or its insides.</summary>
    public bool ProperlyDominates(Operation a, Operation b)
    {
        if (a.Block is not { } block)
        {
            return false;
        }

        if (ReferenceEquals(b.Block, block))
        {
            return !ReferenceEquals(a, b) && a.IsBefore(b);
        }

        if (block.FindAncestor(b) is { } around)
        {
            return !ReferenceEquals(a, around) && a.IsBefore(around);
        }

        return b.Block is { } other && Dominates(block, other);
    }

    /// <summary>Whether <paramref name="value"/> may be used by <paramref name="user"/>.</summary>
    public bool Dominates(Value value, Operation user) =>
        value switch
        {
            BlockArgument argument => user.Block is { } block
                && (ReferenceEquals(block, argument.Owner) || Dominates(argument.Owner, block)),
            OpResult result => ProperlyDominates(result.Owner, user),
            _ => false,
        };

    /// <summary>Whether control can reach <paramref name="block"/> from its region's entry.</summary>
    public bool IsReachable(Block block) =>
        block.IsEntry || (block.Parent is { } region && Tree(region).IsReachable(block));

    private RegionTree Tree(Region region)
    {
        ref var tree = ref CollectionsMarshal.GetValueRefOrAddDefault(_trees, region, out _);
        return tree ??= new RegionTree(region);
    }

    private sealed class RegionTree
    {
        private readonly Dictionary<Block, int> _number = new(ReferenceEqualityComparer.Instance);
        private readonly int[] _immediate;

        public RegionTree(Region region)
        {
            // Numbers in reverse post-order, so that an immediate dominator has a smaller number than its block.
            var order = PostOrder(region);
            order.Reverse();
            for (var i = 0; i < order.Count; i++)
            {
                _number[order[i]] = i;
            }

            _immediate = new int[order.Count];
            Array.Fill(_immediate, -1);
            if (order.Count == 0)
            {
                return;
            }

            _immediate[0] = 0;
            for (var changed = true; changed; )
            {
                changed = false;
                for (var i = 1; i < order.Count; i++)
                {
                    var best = -1;
                    foreach (var predecessor in order[i].Predecessors)
                    {
                        if (_number.TryGetValue(predecessor, out var p) && _immediate[p] >= 0)
                        {
                            best = best < 0 ? p : Intersect(best, p);
                        }
                    }

                    if (_immediate[i] != best)
                    {
                        _immediate[i] = best;
                        changed = true;
                    }
                }
            }
        }

        public bool IsReachable(Block block) => _number.ContainsKey(block);

        public bool Dominates(Block a, Block b)
        {
            if (!_number.TryGetValue(b, out var inner))
            {
                return true;
            }

            if (!_number.TryGetValue(a, out var outer))
            {
                return false;
            }

            while (inner > outer)
            {
                inner = _immediate[inner];
            }

            return inner == outer;
        }

        private int Intersect(int a, int b)
        {
            while (a != b)
            {
                if (a > b)
                {
                    a = _immediate[a];
                }
                else
                {
                    b = _immediate[b];
                }
            }

            return a;
        }

        private static List<Block> PostOrder(Region region)
        {
            var order = new List<Block>();
            if (region.First is not { } entry)
            {
                return order;
            }

            var seen = new HashSet<Block>(ReferenceEqualityComparer.Instance) { entry };
            var path = new Stack<(Block Block, int Next)>();
            path.Push((entry, 0));
            while (path.TryPop(out var top))
            {
                var successors = top.Block.Last?.Successors;
                if (successors is not null && top.Next < successors.Count)
                {
                    path.Push((top.Block, top.Next + 1));
                    if (seen.Add(successors[top.Next].Target))
                    {
                        path.Push((successors[top.Next].Target, 0));
                    }
                }
                else
                {
                    order.Add(top.Block);
                }
            }

            return order;
        }
    }
}
