using Mlir.Dialects.Arith;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Parts of a tensor replaced or increased at given places.</summary>
internal static class Scatters
{
    private const string WrongSizes = "System.ArgumentException: The sizes of the values are not those of the places.";

    // Elements side by side that one thread takes of every place, one place after another, so that there is one order.
    private const int Stripe = 64;

    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Scatter", c => Import(c, add: false));
        table.Add("ScatterAdd", c => Import(c, add: true));
    }

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

        var scatter = new Scatter(x, indices, values, sizes, count, add);
        return x with { Value = rank == 1 ? scatter.All(loops, x.Value) : scatter.InStripes(loops, x.Value) };
    }

    private sealed class Scatter(
        Operand.Elements x,
        Operand.Elements indices,
        Operand.Elements values,
        Value[] sizes,
        Value count,
        bool add
    )
    {
        // for %i { %p = %indices[%i]; %x[%p] = %values[%i] }
        public Value All(LoopEmitter e, Value target) =>
            Each(e, target, (f, i, place, state) => Set(f, [i], [place], state));

        // for %begin in stripes of the last dimension { for %i { %p = %indices[%i]; for … for %k in stripe { %x[%p, …, %k] = %values[%i, …, %k] } } }
        public Value InStripes(LoopEmitter e, Value target) =>
            e.For(
                e.Index(0),
                e.Max(sizes[^1], e.Index(1)), // places are checked even where there is nothing to write
                e.Index(Stripe),
                [target],
                (stripe, begin, state) =>
                {
                    var end = stripe.Min(stripe.Add(begin, stripe.Index(Stripe)), sizes[^1]);
                    return
                    [
                        Each(
                            stripe,
                            state[0],
                            (f, i, place, outer) =>
                                f.Nest(
                                    sizes[1..^1],
                                    [outer],
                                    (g, middle, next) =>
                                        g.For(
                                            begin,
                                            end,
                                            g.Index(1),
                                            next,
                                            (h, k, last) => [Set(h, [i, .. middle, k], [place, .. middle, k], last[0])]
                                        )
                                )[0]
                        ),
                    ];
                }
            )[0];

        private Value Each(LoopEmitter e, Value target, Func<LoopEmitter, Value, Value, Value, Value> body) =>
            e.For(
                e.Index(0),
                count,
                e.Index(1),
                [target],
                (f, i, state) => [body(f, i, f.Place(f.Load(indices.Value, i), indices.Type, sizes[0]), state[0])]
            )[0];

        private Value Set(LoopEmitter e, Value[] from, Value[] to, Value target)
        {
            var value = e.Load(values.Value, from);
            return e.Store(add ? e.Arithmetic.Add(e.Load(target, to), value, x.Type) : value, target, to);
        }
    }
}
