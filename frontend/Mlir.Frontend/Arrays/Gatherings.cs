using Mlir.Dialects.Arith;
using Mlir.Dialects.Tensor;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Elements chosen by tensors of indices.</summary>
internal static class Gatherings
{
    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Take", Take);
        table.Add("TakeAlongAxis", TakeAlongAxis);
    }

    /// <summary>Fails as an array access would unless <paramref name="place"/> lies in an axis of <paramref name="size"/>.</summary>
    public static void RequireInside(Arithmetic a, Value place, Value size) =>
        a.Assert(
            // As an unsigned number a negative index is far too large.
            a.CompareIndex(CmpIPredicate.Ult, place, size),
            "System.IndexOutOfRangeException: Index was outside the bounds of the array."
        );

    private static Operand.Elements Take(ArrayCall call)
    {
        var (x, indices) = (call.Tensor("x"), call.Tensor("indices"));
        var (emitter, source) = (call.Emitter, x.Value);
        var axis = call.Axis(ArrayEmitter.RankOf(source));
        var count = ArrayEmitter.RankOf(indices.Value);
        var own = emitter.Sizes(source);
        Value[] sizes = [.. own[..axis], .. emitter.Sizes(indices.Value), .. own[(axis + 1)..]];
        return x with
        {
            Value = emitter.Map(
                [indices.Value],
                [AffineMap.Select(sizes.Length, Enumerable.Range(axis, count))],
                sizes,
                x.Type.IrType,
                (inner, elements) =>
                {
                    var at = ArrayEmitter.Subscripts(inner, sizes.Length);
                    var place = Place(inner, elements[0], indices.Type, own[axis]);
                    return inner.Emit(
                        new ExtractOp(inner.Location, source, [.. at[..axis], place, .. at[(axis + count)..]])
                    );
                }
            ),
        };
    }

    private static Operand.Elements TakeAlongAxis(ArrayCall call)
    {
        var (x, indices) = (call.Tensor("x"), call.Tensor("indices"));
        var (emitter, source) = (call.Emitter, x.Value);
        var rank = ArrayEmitter.RankOf(source);
        var axis = call.Axis(rank);
        if (ArrayEmitter.RankOf(indices.Value) != rank)
        {
            throw call.Unsupported("the indices must have as many dimensions as the tensor");
        }

        for (var d = 0; d < rank; d++)
        {
            if (d != axis)
            {
                emitter.RequireEqual(
                    emitter.Size(source, d),
                    emitter.Size(indices.Value, d),
                    "System.ArgumentException: The sizes of the indices differ from those of the tensor."
                );
            }
        }

        var length = emitter.Size(source, axis);
        return x with
        {
            Value = emitter.Map(
                [indices.Value],
                [AffineMap.Identity(rank)],
                emitter.Sizes(indices.Value),
                x.Type.IrType,
                (inner, elements) =>
                {
                    var at = ArrayEmitter.Subscripts(inner, rank);
                    at[axis] = Place(inner, elements[0], indices.Type, length);
                    return inner.Emit(new ExtractOp(inner.Location, source, at));
                }
            ),
        };
    }

    private static Value Place(Arithmetic inner, Value index, ScalarType type, Value length)
    {
        // Beyond the range of long an unsigned index wraps to a negative number, which must not count from the end.
        var place = inner.ToIndex(index, type);
        var wanted = type is { IsSigned: false, Width: 64 } ? place : inner.FromEnd(place, length);
        RequireInside(inner, wanted, length);
        return wanted;
    }
}
