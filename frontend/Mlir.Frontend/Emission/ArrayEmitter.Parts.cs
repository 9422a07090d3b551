using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Frontend.Emission;

/// <content>Elements in a row, and parts of tensors replaced.</content>
internal sealed partial class ArrayEmitter
{
    /// <summary>All elements in one dimension.</summary>
    public Value Flat(Value x)
    {
        var count = Sizes(x).Aggregate(arithmetic.Index(1), arithmetic.MultiplyIndex);
        return RankOf(x) == 1 ? x : Reshape(x, [count]);
    }

    /// <summary>The tensor <paramref name="dest"/> with <paramref name="part"/>, of the same rank, in it from these places on.</summary>
    public Value Insert(Value part, Value dest, Value[] first)
    {
        var sizes = Sizes(part);
        return arithmetic.Emit(
            new InsertSliceOp(
                arithmetic.Location,
                part,
                dest,
                [.. first.Where(f => f.ConstInt is null)],
                Dynamic(sizes),
                [],
                DenseArrayAttr.I64([.. first.Select(f => (long?)f.ConstInt ?? ShapedType.Dynamic)]),
                DenseArrayAttr.I64([.. Type(sizes, IndexType.Instance).Shape]),
                DenseArrayAttr.I64([.. sizes.Select(_ => 1L)])
            )
        );
    }
}
