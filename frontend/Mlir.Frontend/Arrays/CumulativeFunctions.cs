using Mlir.Arrays;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Running sums, products and extremes along an axis.</summary>
internal static class CumulativeFunctions
{
    // Columns side by side that one thread takes.
    private const int Columns = 1024;

    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        // -0 + x is x for every x.
        table.Add("CumulativeSum", c => Import(c, t => Number(t, -0.0, 0), (a, t, x, y) => a.Add(x, y, t)));
        table.Add("CumulativeProduct", c => Import(c, t => Number(t, 1, 1), (a, t, x, y) => a.Multiply(x, y, t)));
        table.Add(
            "CumulativeMax",
            c => Import(c, t => Number(t, double.NegativeInfinity, t.MinValue), (a, t, x, y) => a.Max(x, y, t))
        );
        table.Add(
            "CumulativeMin",
            c => Import(c, t => Number(t, double.PositiveInfinity, t.MaxValue), (a, t, x, y) => a.Min(x, y, t))
        );
    }

    private static TypedAttr Number(ScalarType type, double number, Int128 integer) =>
        type.IsFloat ? FloatAttr.Get((FloatType)type.IrType, number) : IntegerAttr.Get(type.IrType, integer);

    private static Operand.Elements Import(
        ArrayCall call,
        Func<ScalarType, TypedAttr> neutral,
        Func<Arithmetic, ScalarType, Value, Value, Value> combine
    )
    {
        var x = call.Tensor("x");
        var rank = ArrayEmitter.RankOf(x.Value);
        var axis = call.Axis(rank);
        var scan = new Scan(
            x.Value,
            call.Emitter,
            new LoopEmitter(call.Arithmetic),
            neutral(x.Type),
            (a, p, q) => combine(a, x.Type, p, q)
        );
        return x with
        {
            Value =
                rank == 1 ? scan.Blocks()
                : axis == rank - 1 ? scan.Rows()
                : axis == 0 ? scan.ColumnBlocks()
                : scan.Planes(axis),
        };
    }

    private sealed class Scan(
        Value x,
        ArrayEmitter emitter,
        LoopEmitter loops,
        TypedAttr neutral,
        Func<Arithmetic, Value, Value, Value> combine
    )
    {
        private readonly Value[] _sizes = emitter.Sizes(x);

        private Value Empty() => emitter.Empty(_sizes, Arithmetic.ElementType(x));

        // for %row { %a = neutral; for %j { %a = %a + %x[%row, %j]; %out[%row, %j] = %a } }
        public Value Rows() =>
            loops.Nest(
                _sizes[..^1],
                [Empty()],
                (e, row, state) =>
                {
                    var scanned = e.For(
                        e.Index(0),
                        _sizes[^1],
                        e.Index(1),
                        [state[0], e.Arithmetic.Constant(neutral)],
                        (inner, j, carried) => Step(inner, carried, [.. row, j])
                    );
                    return [scanned[0]];
                }
            )[0];

        private Value[] Step(LoopEmitter e, Value[] carried, Value[] subscripts)
        {
            var next = combine(e.Arithmetic, carried[1], e.Load(x, subscripts));
            return [e.Store(next, carried[0], subscripts), next];
        }

        // for %plane { %out[%plane, 0, …] = %x[%plane, 0, …]; for %j from 1 { for … { %out[%plane, %j, …] = %out[%plane, %j - 1, …] + … } } }
        public Value Planes(int axis) =>
            loops.Nest(
                _sizes[..axis],
                [Empty()],
                (e, plane, state) => Along(e, axis, plane, _sizes[(axis + 1)..], state)
            )[0];

        private Value[] Along(LoopEmitter e, int axis, Value[] plane, Value[] inner, Value[] state)
        {
            var one = e.Index(1);
            var first = e.For(
                e.Index(0),
                e.Min(one, _sizes[axis]),
                one,
                state,
                (at, j, carried) =>
                    at.Nest(
                        inner,
                        carried,
                        (n, rest, next) => [n.Store(n.Load(x, [.. plane, j, .. rest]), next[0], [.. plane, j, .. rest])]
                    )
            );
            return e.For(
                one,
                _sizes[axis],
                one,
                first,
                (at, j, carried) =>
                {
                    var before = at.Subtract(j, at.Index(1));
                    return at.Nest(
                        inner,
                        carried,
                        (n, rest, next) =>
                        {
                            var sum = combine(
                                n.Arithmetic,
                                n.Load(next[0], [.. plane, before, .. rest]),
                                n.Load(x, [.. plane, j, .. rest])
                            );
                            return [n.Store(sum, next[0], [.. plane, j, .. rest])];
                        }
                    );
                }
            );
        }

        // Without planes the last dimension is cut, so that threads have something to share.
        public Value ColumnBlocks() =>
            loops.For(
                loops.Index(0),
                _sizes[^1],
                loops.Index(Columns),
                [Empty()],
                (e, begin, state) =>
                {
                    var end = e.Min(e.Add(begin, e.Index(Columns)), _sizes[^1]);
                    return Down(e, [], state);

                    Value[] Down(LoopEmitter at, Value[] middle, Value[] carried) =>
                        middle.Length < _sizes.Length - 2
                            ? at.For(
                                at.Index(0),
                                _sizes[middle.Length + 1],
                                at.Index(1),
                                carried,
                                (n, i, next) => Down(n, [.. middle, i], next)
                            )
                            : Column(at, middle, begin, end, carried);
                }
            )[0];

        private Value[] Column(LoopEmitter e, Value[] middle, Value begin, Value end, Value[] state)
        {
            var (zero, one) = (e.Index(0), e.Index(1));
            var first = e.For(
                zero,
                e.Min(one, _sizes[0]),
                one,
                state,
                (at, j, carried) =>
                    at.For(
                        begin,
                        end,
                        at.Index(1),
                        carried,
                        (n, k, next) => [n.Store(n.Load(x, [j, .. middle, k]), next[0], [j, .. middle, k])]
                    )
            );
            return e.For(
                one,
                _sizes[0],
                one,
                first,
                (at, j, carried) =>
                {
                    var before = at.Subtract(j, at.Index(1));
                    return at.For(
                        begin,
                        end,
                        at.Index(1),
                        carried,
                        (n, k, next) =>
                        {
                            var sum = combine(
                                n.Arithmetic,
                                n.Load(next[0], [before, .. middle, k]),
                                n.Load(x, [j, .. middle, k])
                            );
                            return [n.Store(sum, next[0], [j, .. middle, k])];
                        }
                    );
                }
            );
        }

        // The totals of all blocks but the last, each in parts; what comes before each block; then each block in order.
        public Value Blocks()
        {
            var (n, zero, one, block) = (_sizes[0], loops.Index(0), loops.Index(1), loops.Index(Cumulations.Block));
            var full = loops.Divide(loops.Subtract(loops.Max(n, one), one), block);
            var offsets = emitter.Empty([loops.Add(full, one)], Arithmetic.ElementType(x));
            var totals = loops.For(
                zero,
                full,
                one,
                [offsets],
                (e, b, state) => [e.Store(Total(e, e.Multiply(b, e.Index(Cumulations.Block))), state[0], b)]
            )[0];

            // %offsets[%b] = the sum of %totals[0 … %b)
            var before = loops.For(
                zero,
                loops.Add(full, one),
                one,
                [totals, loops.Arithmetic.Constant(neutral)],
                (e, b, state) =>
                {
                    // The last one has no total; its place holds nothing that anybody reads.
                    var total = e.Load(state[0], b);
                    return [e.Store(state[1], state[0], b), combine(e.Arithmetic, state[1], total)];
                }
            )[0];
            return loops.For(
                zero,
                n,
                block,
                [Empty()],
                (e, begin, state) =>
                {
                    var start = e.Load(before, e.Divide(begin, e.Index(Cumulations.Block)));
                    var end = e.Min(e.Add(begin, e.Index(Cumulations.Block)), n);
                    return
                    [
                        e.For(
                            begin,
                            end,
                            e.Index(1),
                            [state[0], start],
                            (inner, i, carried) => Step(inner, carried, [i])
                        )[0],
                    ];
                }
            )[0];
        }

        private Value Total(LoopEmitter e, Value begin)
        {
            Value Element(LoopEmitter at, Value i, int part) => at.Load(x, at.Add(i, at.Index(part)));
            var parts = Enumerable.Range(0, Cumulations.Parts);
            var sums = e.For(
                e.Add(begin, e.Index(Cumulations.Parts)),
                e.Add(begin, e.Index(Cumulations.Block)),
                e.Index(Cumulations.Parts),
                [.. parts.Select(p => Element(e, begin, p))],
                (inner, i, carried) =>
                    [.. parts.Select(p => combine(inner.Arithmetic, carried[p], Element(inner, i, p)))]
            );
            for (var half = sums.Length / 2; half > 0; half /= 2)
            {
                sums = [.. Enumerable.Range(0, half).Select(p => combine(e.Arithmetic, sums[p], sums[p + half]))];
            }

            return sums[0];
        }
    }
}
