using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>
/// Emits the loops that write values to places of a tensor's first axis. For each element the values come in their order, whoever writes them.
/// </summary>
/// <param name="x">The tensor.</param>
/// <param name="indices">The places.</param>
/// <param name="values">The values.</param>
/// <param name="sizes">The sizes of the tensor.</param>
/// <param name="count">The number of places.</param>
/// <param name="add">Whether values are added to what is there.</param>
internal sealed partial class Scatter(
    Operand.Elements x,
    Operand.Elements indices,
    Operand.Elements values,
    Value[] sizes,
    Value count,
    bool add
)
{
    // Elements side by side that one thread takes of every place, one place after another, so that there is one order.
    private const int Stripe = 64;

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
                        stripe.Index(0),
                        count,
                        state,
                        (f, i, place, outer) =>
                            f.Nest(
                                sizes[1..^1],
                                outer,
                                (g, middle, next) =>
                                    g.For(
                                        begin,
                                        end,
                                        g.Index(1),
                                        next,
                                        (h, k, last) => [Set(h, [i, .. middle, k], [place, .. middle, k], last[0])]
                                    )
                            )
                    )[0],
                ];
            }
        )[0];

    private Value[] Each(
        LoopEmitter e,
        Value begin,
        Value end,
        Value[] carried,
        Func<LoopEmitter, Value, Value, Value[], Value[]> body
    ) =>
        e.For(
            begin,
            end,
            e.Index(1),
            carried,
            (f, i, state) => body(f, i, f.Place(f.Load(indices.Value, i), indices.Type, sizes[0]), state)
        );

    private Value Set(LoopEmitter e, Value[] from, Value[] to, Value target) =>
        Set(e, e.Load(values.Value, from), to, target);

    private Value Set(LoopEmitter e, Value value, Value[] to, Value target) =>
        e.Store(add ? e.Arithmetic.Add(e.Load(target, to), value, x.Type) : value, target, to);
}
