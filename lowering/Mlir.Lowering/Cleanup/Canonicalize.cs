using Mlir.Dialects;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Brings the IR into a simple form: folds, algebraic rules, dead code, unreachable blocks, until nothing changes.</summary>
[Pass("canonicalize")]
public sealed partial record Canonicalize : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        // A branch that folds leaves blocks behind, and blocks that go take uses with them: both in turn, until neither helps.
        for (var round = 0; round < 10; round++)
        {
            GreedyRewriter.Apply(op, Simplifications.All, AllDialects.Registry, context.Cancellation);
            var changed = false;
            foreach (var region in op.Walk().SelectMany(o => o.Regions).ToList())
            {
                if (region is { IsEmpty: false, HasOneBlock: false })
                {
                    changed |= UnreachableBlocks.Erase(region) | BlockMerging.Merge(region);
                }
            }

            if (!changed)
            {
                return;
            }
        }
    }
}
