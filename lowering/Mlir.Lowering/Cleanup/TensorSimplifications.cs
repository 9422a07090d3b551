using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Identities of <c>tensor</c>.</summary>
internal static class TensorSimplifications
{
    [Simplify]
    public static Value? Dim(DimOp op, PatternRewriter r)
    {
        if (
            op.Index.ConstInt is not { } index
            || op.Source.Type is not RankedTensorType type
            || index < 0
            || index >= type.Rank
        )
        {
            return null;
        }

        // dim(a computed tensor) → the size that it was made with
        return type.IsDynamicDim((int)index) && (op.Source.Definer is null || !Shapes.CanTrace(op.Source.Definer))
            ? null
            : Shapes.Dim(new Emitter(r, op.Location), op.Source, (int)index);
    }

    [Simplify]
    public static Value? Cast(CastOp op, PatternRewriter r) =>
        op switch
        {
            // cast to the type that it has → the value
            { Source: var x } when x.Type == op.Dest.Type => x,

            // cast(cast x) back → x
            { Source.Definer: CastOp { Source: var x } } when x.Type == op.Dest.Type => x,

            _ => null,
        };

    [Simplify]
    public static Value? Extract(ExtractOp op, PatternRewriter r) =>
        op switch
        {
            // (splat x)[i] → x
            { Tensor.Definer: SplatOp { Input: var x } } => x,

            // (from_elements x)[] → x
            { Tensor.Definer: FromElementsOp { Elements: [var x] } } => x,

            // (dense constant)[] → constant
            { Tensor.ConstAttr: DenseElementsAttr { SplatValue: { } value } } => r.Constant(value, value.Type),

            _ => null,
        };
}
