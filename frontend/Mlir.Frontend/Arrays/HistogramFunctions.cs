using Mlir.Dialects.Arith;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Counting elements, and finding their places among sorted ones.</summary>
internal static class HistogramFunctions
{
    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Histogram", Histogram);
        table.Add("BinCount", BinCount);
        table.Add("SearchSorted", SearchSorted);
    }

    private static Operand.Elements Histogram(ArrayCall call)
    {
        var x = call.Tensor("x");
        var (bins, min, max) = (call.Elements("bins"), call.Elements("min").Value, call.Elements("max").Value);
        var (a, type) = (call.Arithmetic, x.Type);
        var loops = new LoopEmitter(a);
        var hasBins = a.Compare(ScalarComparison.Greater, bins.Value, a.Int(0, bins.Value), bins.Type);
        a.Assert(
            a.And(hasBins, a.Compare(ScalarComparison.Less, min, max, type)),
            "System.ArgumentException: A histogram needs at least one bin and a maximum above its minimum."
        );
        var width = a.Subtract(max, min, type);
        var parts = a.Convert(bins.Value, bins.Type, type);
        var (step, scale) = (a.Divide(width, parts, type), a.Divide(parts, width, type));
        var last = a.Subtract(bins.Value, a.Int(1, bins.Value), ScalarType.Int32);

        var counts = call.Emitter.Full(
            [loops.ToIndex(bins.Value, bins.Type)],
            a.Constant(IntegerAttr.Get(IntegerType.I64, 0))
        );
        var counted = loops.Nest(
            call.Emitter.Sizes(x.Value),
            [counts],
            (e, at, state) =>
            {
                var (b, value) = (e.Arithmetic, e.Load(x.Value, at));
                var isInside = b.And(
                    b.Compare(ScalarComparison.GreaterOrEqual, value, min, type),
                    b.Compare(ScalarComparison.LessOrEqual, value, max, type)
                );

                // Rounding may miss by one, and the edges decide. What is outside adds nothing to a bin that there is.
                var safe = b.Select(isInside, value, min);
                var scaled = b.Convert(b.Multiply(b.Subtract(safe, min, type), scale, type), type, ScalarType.Int32);
                var bin = b.Min(scaled, last, ScalarType.Int32);
                Value Edge(Value number) =>
                    b.Add(min, b.Multiply(b.Convert(number, ScalarType.Int32, type), step, type), type);
                var one = b.Int(1, bin);
                var above = b.Add(bin, one, ScalarType.Int32);
                var isBelow = b.Compare(ScalarComparison.Less, safe, Edge(bin), type);
                var isAbove = b.And(
                    b.Compare(ScalarComparison.Less, bin, last, ScalarType.Int32),
                    b.Compare(ScalarComparison.GreaterOrEqual, safe, Edge(above), type)
                );
                bin = b.Select(isBelow, b.Subtract(bin, one, ScalarType.Int32), b.Select(isAbove, above, bin));
                var place = e.ToIndex(bin, ScalarType.Int32);
                var old = e.Load(state[0], place);
                var more = b.Add(old, b.Convert(isInside, ScalarType.Bool, ScalarType.Int64), ScalarType.Int64);
                return [e.Store(more, state[0], place)];
            }
        );
        return new Operand.Elements(counted[0], ScalarType.Int64);
    }

    private static Operand.Elements BinCount(ArrayCall call)
    {
        var (x, least) = (call.Tensor("x"), call.Elements("minLength"));
        var (a, loops, sizes) = (call.Arithmetic, new LoopEmitter(call.Arithmetic), call.Emitter.Sizes(x.Value));
        var negative = IntegerAttr.Get(IntegerType.I64, -1);
        var extremes = loops.Nest(
            sizes,
            [a.Constant(negative), a.Constant(IntegerAttr.Get(IntegerType.I64, 0))],
            (e, at, state) =>
            {
                var value = e.Arithmetic.Convert(e.Load(x.Value, at), x.Type, ScalarType.Int64);
                return
                [
                    e.Arithmetic.Max(state[0], value, ScalarType.Int64),
                    e.Arithmetic.Min(state[1], value, ScalarType.Int64),
                ];
            }
        );
        a.Assert(
            a.Compare(ScalarComparison.Equal, extremes[1], a.Int(0, extremes[1]), ScalarType.Int64),
            "System.ArgumentException: A number to count is negative."
        );
        var count = loops.Max(
            loops.Add(loops.ToIndex(extremes[0], ScalarType.Int64), loops.Index(1)),
            loops.ToIndex(least.Value, least.Type)
        );
        var counts = call.Emitter.Full([count], a.Constant(IntegerAttr.Get(IntegerType.I64, 0)));
        var counted = loops.Nest(
            sizes,
            [counts],
            (e, at, state) =>
            {
                var place = e.ToIndex(e.Load(x.Value, at), x.Type);
                var old = e.Load(state[0], place);
                return [e.Store(e.Arithmetic.Add(old, e.Arithmetic.Int(1, old), ScalarType.Int64), state[0], place)];
            }
        );
        return new Operand.Elements(counted[0], ScalarType.Int64);
    }

    private static Operand.Elements SearchSorted(ArrayCall call)
    {
        var (keys, values) = (call.Tensor("sorted"), call.Tensor("values"));
        var right = call.Known("right", false);
        if (ArrayEmitter.RankOf(keys.Value) != 1)
        {
            throw call.Unsupported("what is searched must have one dimension");
        }

        var (emitter, type) = (call.Emitter, keys.Type);
        var (length, rank) = (emitter.Size(keys.Value, 0), ArrayEmitter.RankOf(values.Value));
        var places = emitter.Map(
            [values.Value],
            [AffineMap.Identity(rank)],
            emitter.Sizes(values.Value),
            IntegerType.I64,
            (inner, elements) =>
            {
                var loops = new LoopEmitter(inner);
                var found = loops.While(
                    [inner.Index(0), length],
                    (e, bounds) => e.Compare(CmpIPredicate.Slt, bounds[0], bounds[1]),
                    (e, bounds) =>
                    {
                        var half = e.Divide(e.Subtract(bounds[1], bounds[0]), e.Index(2));
                        var middle = e.Add(bounds[0], half);
                        var key = e.Load(keys.Value, middle);
                        var isBefore = right
                            ? e.Arithmetic.Not(Ordering.Precedes(e.Arithmetic, elements[0], key, type))
                            : Ordering.Precedes(e.Arithmetic, key, elements[0], type);
                        return
                        [
                            e.Arithmetic.Select(isBefore, e.Add(middle, e.Index(1)), bounds[0]),
                            e.Arithmetic.Select(isBefore, bounds[1], middle),
                        ];
                    }
                );
                return loops.FromIndex(found[0], IntegerType.I64);
            }
        );
        return new Operand.Elements(places, ScalarType.Int64);
    }
}
