using Mlir.Dialects.Linalg;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Tensors whose elements are read although nothing was written to them.</summary>
internal static class UnwrittenMemory
{
    /// <summary>Makes the elements of <paramref name="empty"/> zero unless all its uses write every element before anyone reads one.</summary>
    // %e = tensor.empty(%n), read → %e = tensor.splat %zero[%n]
    public static void Clear(EmptyOp empty)
    {
        foreach (var use in empty.Result.Uses)
        {
            if (use.Owner is not DimOp && !IsOverwritten(use))
            {
                var emit = new Emitter(new OpBuilder(empty), empty.Location);
                var type = (RankedTensorType)empty.Result.Type;
                empty.Result.ReplaceAllUsesWith(
                    emit.Splat(emit.Constant(Zero(type.ElementType)), empty.DynamicSizes.ToArray(), type)
                );
                empty.Erase();
                return;
            }
        }
    }

    /// <summary>Zero of a scalar type.</summary>
    public static TypedAttr Zero(IrType type) =>
        type is FloatType format ? FloatAttr.Get(format, 0) : IntegerAttr.Get(type, 0);

    private static bool IsOverwritten(OpOperand use)
    {
        if (use.Owner is not ILinalgOp linalg || use.Index < linalg.Inputs.Count)
        {
            return false;
        }

        // With loops that reduce, an element may be written never, where such a loop is empty.
        var arguments = linalg.Body.First!.Arguments;
        return linalg.IteratorTypeList.All(l => l == IteratorType.Parallel)
            && linalg.IndexingMapList[use.Index].IsPermutation
            && (use.Index >= arguments.Count || arguments[use.Index].IsUnused);
    }
}
