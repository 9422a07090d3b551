using Mlir.Dialects.Cf;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Joins a block with its only successor when that has no other predecessor.</summary>
internal static class BlockMerging
{
    /// <returns>Whether blocks were joined.</returns>
    public static bool Merge(Region region)
    {
        var merged = false;
        for (var block = region.First; block is not null; )
        {
            if (
                block.Last is BranchOp branch
                && branch.Successors[0].Target is { IsEntry: false } next
                && ReferenceEquals(next.SinglePredecessor, block)
                && !ReferenceEquals(next, block)
            )
            {
                for (var i = 0; i < next.Arguments.Count; i++)
                {
                    next.Arguments[i].ReplaceAllUsesWith(branch.Operands[i]);
                }

                branch.Erase();
                while (next.First is { } op)
                {
                    op.Remove();
                    block.Insert(op);
                }

                next.Erase();
                merged = true;
            }
            else
            {
                block = block.Next;
            }
        }

        return merged;
    }
}
