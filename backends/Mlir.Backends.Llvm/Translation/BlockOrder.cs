using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>Orders a function's blocks so that every value is translated before its uses.</summary>
internal static class BlockOrder
{
    /// <summary>
    /// Reverse postorder from the entry, then from each block that the entry does not reach. A dominator comes before what it
    /// dominates. Without recursion: a function may have a million blocks.
    /// </summary>
    public static List<Block> Of(Region body)
    {
        var order = new List<Block>();
        var seen = new HashSet<Block>(ReferenceEqualityComparer.Instance);
        var path = new Stack<Block>();
        var nextEdges = new Stack<int>();
        foreach (var root in body.Blocks)
        {
            if (!seen.Add(root))
            {
                continue;
            }

            var start = order.Count;
            path.Push(root);
            nextEdges.Push(0);
            while (path.TryPeek(out var block))
            {
                var next = nextEdges.Pop();
                var edges = block.Last?.Successors;
                if (edges is null || next == edges.Count)
                {
                    order.Add(path.Pop());
                    continue;
                }

                // The last edge first: then the block that comes first among the successors also comes first in the order.
                var target = edges[edges.Count - 1 - next].Target;
                nextEdges.Push(next + 1);
                if (seen.Add(target))
                {
                    path.Push(target);
                    nextEdges.Push(0);
                }
            }

            order.Reverse(start, order.Count - start);
        }

        return order;
    }
}
