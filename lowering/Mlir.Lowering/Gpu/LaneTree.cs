using Mlir.Dialects.Gpu;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>What the threads of a warp have collected becomes one value.</summary>
internal static class LaneTree
{
    /// <summary>Combines the upper half of the lanes into the lower half until one is left; the first thread has the total.</summary>
    /// <param name="e">Where it goes.</param>
    /// <param name="combiner">How lanes are combined.</param>
    /// <param name="values">The lanes of a thread, one or two neighbouring ones; overwritten.</param>
    public static Value Emit(Emitter e, AssociativeCombiner combiner, Value[] values)
    {
        var width = e.Constant(IntegerAttr.Get(IntegerType.I32, Kernel.Warp));
        for (var distance = Kernel.Warp / 2; distance > 0; distance /= 2)
        {
            var offset = e.Constant(IntegerAttr.Get(IntegerType.I32, distance));
            for (var k = 0; k < values.Length; k++)
            {
                var other = e.Insert(new ShuffleOp(e.Location, values[k], offset, width, ShuffleMode.Down));
                values[k] = combiner.Merge(e, values[k], other.ShuffleResult);
            }
        }

        return values.Length == 1 ? values[0] : combiner.Merge(e, values[0], values[1]);
    }
}
