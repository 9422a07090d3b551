using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Identities of <c>memref</c>.</summary>
internal static class MemRefSimplifications
{
    [Simplify]
    public static Value? Dim(DimOp op, PatternRewriter r)
    {
        if (
            op.Index.ConstInt is not { } index
            || op.Source.Type is not MemRefType type
            || index < 0
            || index >= type.Rank
        )
        {
            return null;
        }

        // dim of a static size → constant; dim(alloc) → the size that it was made with
        return !type.IsDynamicDim((int)index) ? r.Constant(type.Shape[(int)index], IndexType.Instance)
            : op.Source.Definer is AllocOp alloc
                ? alloc.DynamicSizes[type.Shape.Span[..(int)index].Count(ShapedType.Dynamic)]
            : null;
    }
}
