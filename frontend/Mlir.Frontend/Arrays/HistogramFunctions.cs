using Mlir.Dialects.Arith;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Counting elements, and finding their places among sorted ones.</summary>
internal static class HistogramFunctions
{
    // Elements that are worth counts of their own, and how many such parts there are at most.
    private const int LeastPart = 65_536;
    private const int MostParts = 16;

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

        var counted = Count(
            call,
            x.Value,
            loops.ToIndex(bins.Value, bins.Type),
            (e, value) =>
            {
                var b = e.Arithmetic;
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
                return (e.ToIndex(bin, ScalarType.Int32), b.Convert(isInside, ScalarType.Bool, ScalarType.Int64));
            }
        );
        return new Operand.Elements(counted, ScalarType.Int64);
    }

    /// <summary>Adds up at places that elements say. Parts of them are counted apart, so that threads can share them; whole numbers have one sum in any order.</summary>
    private static Value Count(
        ArrayCall call,
        Value x,
        Value places,
        Func<LoopEmitter, Value, (Value Place, Value More)> count
    )
    {
        var (a, loops, flat) = (call.Arithmetic, new LoopEmitter(call.Arithmetic), call.Emitter.Flat(x));
        var (n, one) = (call.Emitter.Size(flat, 0), loops.Index(1));

        // No more counts than elements, so that they are soon added up.
        var parts = loops.Divide(n, loops.Max(loops.Index(LeastPart), places));
        parts = loops.Max(loops.Min(parts, loops.Index(MostParts)), one);
        var length = loops.Divide(loops.Add(n, loops.Subtract(parts, one)), parts);
        var zero = IntegerAttr.Get(IntegerType.I64, 0);
        var counted = loops.For(
            loops.Index(0),
            parts,
            one,
            [call.Emitter.Full([parts, places], a.Constant(zero))],
            (e, part, state) =>
            {
                var begin = e.Multiply(part, length);
                return e.For(
                    begin,
                    e.Min(e.Add(begin, length), n),
                    e.Index(1),
                    state,
                    (f, i, counts) =>
                    {
                        var (place, more) = count(f, f.Load(flat, i));
                        var old = f.Load(counts[0], part, place);
                        return [f.Store(f.Arithmetic.Add(old, more, ScalarType.Int64), counts[0], part, place)];
                    }
                );
            }
        )[0];
        return call.Emitter.Reduce(counted, [true, false], zero, (b, p, q) => b.Add(p, q, ScalarType.Int64));
    }

    private static Operand.Elements BinCount(ArrayCall call)
    {
        var (x, least) = (call.Tensor("x"), call.Elements("minLength"));
        var (a, loops) = (call.Arithmetic, new LoopEmitter(call.Arithmetic));
        var numbers = a.Convert(x.Value, x.Type, ScalarType.Int64);
        Value Extreme(long first, Func<Arithmetic, Value, Value, Value> combine) =>
            loops.Load(
                call.Emitter.Reduce(
                    numbers,
                    [.. Enumerable.Repeat(true, ArrayEmitter.RankOf(x.Value))],
                    IntegerAttr.Get(IntegerType.I64, first),
                    combine
                )
            );
        var largest = Extreme(-1, (b, p, q) => b.Max(p, q, ScalarType.Int64));
        var smallest = Extreme(0, (b, p, q) => b.Min(p, q, ScalarType.Int64));
        a.Assert(
            a.Compare(ScalarComparison.Equal, smallest, a.Int(0, smallest), ScalarType.Int64),
            "System.ArgumentException: A number to count is negative."
        );
        var places = loops.Max(
            loops.Add(loops.ToIndex(largest, ScalarType.Int64), loops.Index(1)),
            loops.ToIndex(least.Value, least.Type)
        );
        var counted = Count(
            call,
            x.Value,
            places,
            (e, value) => (e.ToIndex(value, x.Type), e.Arithmetic.Constant(IntegerAttr.Get(IntegerType.I64, 1)))
        );
        return new Operand.Elements(counted, ScalarType.Int64);
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
