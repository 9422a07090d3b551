using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>An input of an operation as elements of a dense array, which may be larger.</summary>
/// <param name="Input">The number of the input.</param>
/// <param name="Array">The array.</param>
/// <param name="At">The subscripts in that array.</param>
internal sealed record StencilRead(int Input, Value Array, LinearSubscript[] At)
{
    /// <summary>What input <paramref name="input"/> reads; null where that is not known.</summary>
    public static StencilRead? Find(GenericOp op, int input)
    {
        if (
            op.Operands[input].Type is not MemRefType { ElementType: FloatType or IntegerType { Width: >= 8 } }
            || op.BodyBlock.Arguments[input].IsUnused
        )
        {
            return null;
        }

        var map = op.MapOf(input);
        var at = map.Results.Select(r => LinearSubscript.Of(r, map.DimCount)).ToArray();
        var array = op.Operands[input];
        for (; array.Definer is SubViewOp view; array = view.Source)
        {
            if (
                ((MemRefType)view.Source.Type).Rank != at.Length
                || view.StaticStrides.Values.Span.ContainsAnyExcept(1)
                || view.StaticStrides.Values.Count != at.Length
            )
            {
                return null;
            }

            var dynamic = 0;
            for (var d = 0; d < at.Length; d++)
            {
                var offset = view.StaticOffsets.Values[d];
                at[d] =
                    offset != ShapedType.Dynamic ? at[d]?.Plus(offset, null)
                    : view.Offsets[dynamic++] is var value && value.ConstInt is { } known
                        ? at[d]?.Plus((long)known, null)
                    : at[d]?.Plus(0, value);
            }
        }

        return array.Type is MemRefType { Layout: null } && at.All(s => s is not null)
            ? new StencilRead(input, array, at!)
            : null;
    }
}
