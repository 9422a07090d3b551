using Mlir.Dialects.Arith;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Parts of a tensor replaced or increased at given places.</summary>
internal static class Scatters
{
    private const string WrongSizes = "System.ArgumentException: The sizes of the values are not those of the places.";

    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Scatter", c => Import(c, add: false));
        table.Add("ScatterAdd", c => Import(c, add: true));
    }

    // for %i { %p = %indices[%i]; for … { %x[%p, …] = %values[%i, …] } }
    private static Operand.Elements Import(ArrayCall call, bool add)
    {
        var (x, indices, values) = (call.Tensor("x"), call.Tensor("indices"), call.Tensor("values"));
        var loops = new LoopEmitter(call.Arithmetic);
        var rank = ArrayEmitter.RankOf(x.Value);
        if (ArrayEmitter.RankOf(indices.Value) != 1)
        {
            throw call.Unsupported("the indices must have one dimension");
        }

        if (ArrayEmitter.RankOf(values.Value) != rank)
        {
            throw call.Unsupported("the values must have as many dimensions as the tensor");
        }

        var (sizes, count) = (call.Emitter.Sizes(x.Value), call.Emitter.Size(indices.Value, 0));
        Value[] expected = [count, .. sizes[1..]];
        for (var d = 0; d < rank; d++)
        {
            call.Arithmetic.Assert(
                loops.Compare(CmpIPredicate.Eq, call.Emitter.Size(values.Value, d), expected[d]),
                WrongSizes
            );
        }

        var result = loops.For(
            loops.Index(0),
            count,
            loops.Index(1),
            [x.Value],
            (e, i, state) =>
            {
                var place = e.Place(e.Load(indices.Value, i), indices.Type, sizes[0]);
                return e.Nest(
                    sizes[1..],
                    state,
                    (n, rest, next) =>
                    {
                        var value = n.Load(values.Value, [i, .. rest]);
                        if (add)
                        {
                            value = n.Arithmetic.Add(n.Load(next[0], [place, .. rest]), value, x.Type);
                        }

                        return [n.Store(value, next[0], [place, .. rest])];
                    }
                );
            }
        );
        return x with { Value = result[0] };
    }
}
