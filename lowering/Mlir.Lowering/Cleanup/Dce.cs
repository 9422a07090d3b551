using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Removes operations that nobody needs, with all inside them, and blocks that control cannot reach.</summary>
[Pass("dce")]
public sealed partial record Dce : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context)
    {
        foreach (var inner in op.Walk())
        {
            foreach (var region in inner.Regions)
            {
                UnreachableBlocks.Erase(region);
            }
        }

        // Backwards, so that users go before what they use and one sweep is enough.
        var all = op.Walk().ToList();
        for (var i = all.Count - 1; i > 0; i--)
        {
            if (all[i].Block is not null && SideEffects.IsTriviallyDead(all[i]))
            {
                all[i].Erase();
            }
        }
    }
}
