using Mlir.Dialects.Linalg;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Sizes of tensors as values, traced back to where they were given, so that no computed tensor is kept alive for its size.</summary>
internal static class Shapes
{
    /// <summary>The size of dimension <paramref name="dim"/> of <paramref name="tensor"/> as an <c>index</c>.</summary>
    public static Value Dim(Emitter emit, Value tensor, int dim)
    {
        while (true)
        {
            var type = (ShapedType)tensor.Type;
            if (!type.IsDynamicDim(dim))
            {
                return emit.Index(type.Shape[dim]);
            }

            switch (tensor.Definer)
            {
                case EmptyOp empty:
                    return empty.DynamicSizes[DynamicIndex(type, dim)];
                case SplatOp splat:
                    return splat.DynamicSizes[DynamicIndex(type, dim)];
                case CastOp cast when cast.Source.Type is RankedTensorType { } source && source.Rank == type.Rank:
                    tensor = cast.Source;
                    continue;
                case ExtractSliceOp slice:
                    return SliceFacts.DimOf(slice, SliceFacts.KeptDims(slice, type)[dim]).SizeValue!;
                case InsertOp insert:
                    tensor = insert.Dest;
                    continue;
                case ILinalgOp named:
                    // Destination style: a result is as large as its destination.
                    tensor = named.Outputs[((OpResult)tensor).Index];
                    continue;
                case IElementwise when FirstTensor(tensor.Definer) is { } operand:
                    tensor = operand;
                    continue;
                default:
                    return emit.TensorDim(tensor, dim);
            }
        }
    }

    /// <summary>Whether <see cref="Dim"/> finds the sizes of what <paramref name="definer"/> makes further up.</summary>
    public static bool CanTrace(Operation definer) =>
        definer is EmptyOp or SplatOp or InsertOp or ILinalgOp or ExtractSliceOp
        || (definer is CastOp cast && cast.Source.Type is RankedTensorType)
        || (definer is IElementwise && FirstTensor(definer) is not null);

    /// <summary>The sizes of <paramref name="tensor"/> that its type leaves open.</summary>
    public static Value[] DynamicSizes(Emitter emit, Value tensor)
    {
        var type = (ShapedType)tensor.Type;
        return [.. Enumerable.Range(0, type.Rank).Where(type.IsDynamicDim).Select(d => Dim(emit, tensor, d))];
    }

    private static int DynamicIndex(ShapedType type, int dim) => type.Shape.Span[..dim].Count(ShapedType.Dynamic);

    private static Value? FirstTensor(Operation op)
    {
        foreach (var operand in op.Operands)
        {
            if (operand.Type is RankedTensorType)
            {
                return operand;
            }
        }

        return null;
    }
}
