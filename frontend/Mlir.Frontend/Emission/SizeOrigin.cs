using Mlir.Dialects.Linalg;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Frontend.Emission;

/// <summary>Where the sizes of tensors come from.</summary>
internal static class SizeOrigin
{
    /// <summary>Whether a size is one of an argument's, for which there are versions of the kernel, and not one that the kernel computes.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="dimension">The dimension.</param>
    public static bool IsArgument(Value tensor, int dimension)
    {
        while (true)
        {
            switch (tensor)
            {
                case BlockArgument { ParentBlock.ParentOp: null }:
                    return true;
                case OpResult { Owner: var op }
                    when op is IElementwise
                        && op.Operands.FirstOrDefault(o => o.Type is RankedTensorType) is { } operand:
                    tensor = operand;
                    continue;
                case OpResult { Owner: GenericOp generic, Index: var index }:
                    tensor = generic.Outputs[index];
                    continue;
                case OpResult { Owner: EmptyOp empty }
                    when SizeOf(empty.Result.Type, dimension, empty.DynamicSizes)
                        is { Definer: DimOp { Index.ConstInt: { } of } dim }:
                    (tensor, dimension) = (dim.Source, (int)of);
                    continue;
                case OpResult { Owner: SplatOp splat }
                    when SizeOf(splat.Aggregate.Type, dimension, splat.DynamicSizes)
                        is { Definer: DimOp { Index.ConstInt: { } of } dim }:
                    (tensor, dimension) = (dim.Source, (int)of);
                    continue;
                default:
                    return false;
            }
        }
    }

    private static Value? SizeOf(IrType type, int dimension, IEnumerable<Value> sizes) =>
        type is RankedTensorType tensor && tensor.Shape[dimension] == ShapedType.Dynamic
            ? sizes.ElementAt(tensor.Shape.Span[..dimension].Count(ShapedType.Dynamic))
            : null;
}
