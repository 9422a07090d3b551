using Mlir.Dialects.Arith;
using Mlir.Frontend.Emission;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>
/// A stable merge sort of rows: runs of four come from a network of exchanges, then neighbours are merged into a second row, and back. Two
/// full runs are merged from both ends at once, without branches and without asking whether a run has ended. A long row is sorted in parts that
/// threads share, as they share the merging: each makes a piece of the result, and finds by bisection where in the two runs it begins.
/// </summary>
/// <param name="isFirst">Whether a key comes before another.</param>
internal sealed class MergeSort(Func<Arithmetic, Value, Value, Value> isFirst)
{
    private const int Run = 4;

    // Elements that one thread sorts, and pieces of a merged row: with its copy such a part lies in the second-level cache.
    private const int Part = 32_768;

    // Which neighbours are compared; exchanges of neighbours keep the order of equal ones.
    private static readonly int[] Network = [0, 2, 1, 0, 2, 1];

    /// <summary>Sorts rows of <paramref name="n"/> elements by the first one and moves the others along.</summary>
    /// <param name="e">Where the loops go.</param>
    /// <param name="n">The number of elements.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="scratch">As many rows of the same types, with any contents.</param>
    /// <returns>The sorted rows.</returns>
    public Value[] Sort(LoopEmitter e, Value n, Value[] rows, Value[] scratch)
    {
        var runs = SortRuns(e, n, rows);
        var count = rows.Length;
        var merged = e.While(
            [e.Index(Run), .. runs, .. scratch],
            (at, state) => at.Compare(CmpIPredicate.Slt, state[0], n),
            (at, state) =>
            {
                var (width, source, target) = (state[0], state[1..(count + 1)], state[(count + 1)..]);
                var pair = at.Multiply(width, at.Index(2));
                return [pair, .. MergePass(at, n, width, pair, source, target), .. source];
            }
        );
        return merged[1..(count + 1)];
    }

    /// <summary>Makes sorted rows of <paramref name="n"/> elements, in parts.</summary>
    /// <param name="e">Where the loops go.</param>
    /// <param name="n">The number of elements.</param>
    /// <param name="types">The element types of the rows.</param>
    /// <param name="items">The elements at a place, one for each row; the first one is the key.</param>
    /// <returns>The sorted rows.</returns>
    public Value[] SortInParts(LoopEmitter e, Value n, IrType[] types, Func<LoopEmitter, Value, Value[]> items)
    {
        Value[] Rows(LoopEmitter at, Value size) =>
            [.. types.Select(t => new ArrayEmitter(at.Arithmetic).Empty([size], t))];
        var part = e.Index(Part);
        var parts = e.For(
            e.Index(0),
            n,
            part,
            Rows(e, n),
            (at, begin, state) =>
            {
                var (zero, one) = (at.Index(0), at.Index(1));
                var end = at.Min(at.Add(begin, at.Index(Part)), n);
                var size = at.Subtract(end, begin);
                var local = at.For(
                    zero,
                    size,
                    one,
                    Rows(at, size),
                    (f, j, rows) => f.StoreAll(items(f, f.Add(begin, j)), rows, j)
                );
                var sorted = Sort(at, size, local, Rows(at, size));
                return at.For(
                    begin,
                    end,
                    one,
                    state,
                    (f, j, rows) =>
                    {
                        var from = f.Subtract(j, begin);
                        return f.StoreAll([.. sorted.Select(row => f.Load(row, from))], rows, j);
                    }
                );
            }
        );

        // Only what has several parts needs a second row.
        var needed = n.ConstInt is null ? e.Arithmetic.Select(e.Compare(CmpIPredicate.Sgt, n, part), n, e.Index(0)) : n;
        var merged = e.While(
            [part, .. parts, .. Rows(e, needed)],
            (at, state) => at.Compare(CmpIPredicate.Slt, state[0], n),
            (at, state) =>
            {
                var (source, target) = (state[1..(types.Length + 1)], state[(types.Length + 1)..]);
                var pair = at.Multiply(state[0], at.Index(2));
                return [pair, .. MergeInPieces(at, n, state[0], pair, source, target), .. source];
            }
        );
        return merged[1..(types.Length + 1)];
    }

    // for each piece [%begin, %end) of the result: a part of one pair of runs
    private Value[] MergeInPieces(LoopEmitter e, Value n, Value width, Value pair, Value[] source, Value[] target) =>
        e.For(
            e.Index(0),
            n,
            e.Index(Part),
            target,
            (at, begin, state) =>
            {
                var end = at.Min(at.Add(begin, at.Index(Part)), n);
                var first = at.Multiply(at.Divide(begin, pair), pair);
                var middle = at.Min(at.Add(first, width), n);
                var last = at.Min(at.Add(first, pair), n);
                var before = at.Subtract(begin, first);
                var left = TakenFromLeft(at, source[0], first, middle, last, before);
                var right = at.Subtract(at.Add(middle, before), left);
                return Merge(at, (begin, end), (at.Add(first, left), middle), (right, last), source, state);
            }
        );

    /// <summary>How many of the first <paramref name="count"/> merged elements come from the left run: it goes first where keys are equal.</summary>
    private Value TakenFromLeft(LoopEmitter e, Value keys, Value first, Value middle, Value last, Value count)
    {
        var least = e.Max(e.Subtract(count, e.Subtract(last, middle)), e.Index(0));
        var most = e.Min(count, e.Subtract(middle, first));
        return e.While(
            [least, most],
            (at, bounds) => at.Compare(CmpIPredicate.Slt, bounds[0], bounds[1]),
            (at, bounds) =>
            {
                var (a, one) = (at.Arithmetic, at.Index(1));
                var half = at.Divide(at.Add(bounds[0], bounds[1]), at.Index(2));
                var other = at.Subtract(at.Subtract(at.Add(middle, count), half), one);
                var isBehind = isFirst(a, at.Load(keys, other), at.Load(keys, at.Add(first, half)));
                return [a.Select(isBehind, bounds[0], at.Add(half, one)), a.Select(isBehind, half, bounds[1])];
            }
        )[0];
    }

    private Value[] SortRuns(LoopEmitter e, Value n, Value[] rows)
    {
        var full = e.Multiply(e.Divide(n, e.Index(Run)), e.Index(Run));
        var sorted = e.For(
            e.Index(0),
            full,
            e.Index(Run),
            rows,
            (at, begin, state) =>
            {
                var places = Enumerable.Range(0, Run).Select(i => at.Add(begin, at.Index(i))).ToArray();
                var items = places.Select(p => state.Select(row => at.Load(row, p)).ToArray()).ToArray();
                foreach (var i in Network)
                {
                    var swap = isFirst(at.Arithmetic, items[i + 1][0], items[i][0]);
                    var (low, high) = (items[i], items[i + 1]);
                    items[i] = [.. low.Zip(high, (l, h) => at.Arithmetic.Select(swap, h, l))];
                    items[i + 1] = [.. low.Zip(high, (l, h) => at.Arithmetic.Select(swap, l, h))];
                }

                return Store(at, state, places, items);
            }
        );

        // The rest, fewer than a run, by insertion.
        return e.For(
            full,
            n,
            e.Index(1),
            sorted,
            (at, i, state) =>
            {
                var item = state.Select(row => at.Load(row, i)).ToArray();
                var hole = at.While(
                    [i, .. state],
                    (w, s) =>
                    {
                        // The element in front, or itself at the start, which stops the search.
                        var front = w.Max(w.Subtract(s[0], w.Index(1)), full);
                        var goesOn = isFirst(w.Arithmetic, item[0], w.Load(s[1], front));
                        return w.Arithmetic.And(goesOn, w.Compare(CmpIPredicate.Slt, full, s[0]));
                    },
                    (w, s) =>
                    {
                        var front = w.Subtract(s[0], w.Index(1));
                        return [front, .. s[1..].Select(row => w.Store(w.Load(row, front), row, s[0]))];
                    }
                );
                return [.. hole[1..].Select((row, r) => at.Store(item[r], row, hole[0]))];
            }
        );
    }

    private static Value[] Store(LoopEmitter e, Value[] rows, Value[] places, Value[][] items)
    {
        var state = rows;
        for (var i = 0; i < places.Length; i++)
        {
            state = [.. state.Select((row, r) => e.Store(items[i][r], row, places[i]))];
        }

        return state;
    }

    private Value[] MergePass(LoopEmitter e, Value n, Value width, Value pair, Value[] source, Value[] target)
    {
        var full = e.Multiply(e.Divide(n, pair), pair);
        var merged = e.For(
            e.Index(0),
            full,
            pair,
            target,
            (at, begin, state) => MergeFull(at, begin, width, source, state)
        );
        return MergeRest(e, full, width, n, source, merged);
    }

    // The first half of the result from the front, the second half from the back: as many steps as a run has elements.
    private Value[] MergeFull(LoopEmitter e, Value begin, Value width, Value[] source, Value[] target)
    {
        var one = e.Index(1);
        var middle = e.Add(begin, width);
        var end = e.Add(middle, width);
        var last = e.Subtract(end, one);
        return e.For(
            e.Index(0),
            width,
            one,
            [begin, middle, e.Subtract(middle, one), last, .. target],
            (at, step, state) =>
            {
                var (a, rows) = (at.Arithmetic, state[4..]);
                var front = isFirst(a, at.Load(source[0], state[1]), at.Load(source[0], state[0]));
                var back = isFirst(a, at.Load(source[0], state[3]), at.Load(source[0], state[2]));
                var (to, from) = (at.Add(begin, step), at.Subtract(last, step));
                for (var r = 0; r < rows.Length; r++)
                {
                    var (l, h) = (at.Load(source[r], state[0]), at.Load(source[r], state[1]));
                    rows[r] = at.Store(a.Select(front, h, l), rows[r], to);
                    (l, h) = (at.Load(source[r], state[2]), at.Load(source[r], state[3]));
                    rows[r] = at.Store(a.Select(back, l, h), rows[r], from);
                }

                var (zero, unit) = (at.Index(0), at.Index(1));
                return
                [
                    at.Add(state[0], a.Select(front, zero, unit)),
                    at.Add(state[1], a.Select(front, unit, zero)),
                    at.Subtract(state[2], a.Select(back, unit, zero)),
                    at.Subtract(state[3], a.Select(back, zero, unit)),
                    .. rows,
                ];
            }
        )[4..];
    }

    // What lies behind the last full pair: a run and part of another one, or less than a run.
    private Value[] MergeRest(LoopEmitter e, Value begin, Value width, Value n, Value[] source, Value[] target)
    {
        var middle = e.Min(e.Add(begin, width), n);
        return Merge(e, (begin, n), (begin, middle), (middle, n), source, target);
    }

    /// <summary>Makes a piece of the target of what is left of two runs.</summary>
    private Value[] Merge(
        LoopEmitter e,
        (Value Begin, Value End) piece,
        (Value Begin, Value End) left,
        (Value Begin, Value End) right,
        Value[] source,
        Value[] target
    ) =>
        e.For(
            piece.Begin,
            piece.End,
            e.Index(1),
            [left.Begin, right.Begin, .. target],
            (at, to, state) =>
            {
                var (a, one) = (at.Arithmetic, at.Index(1));
                var last = at.Subtract(right.End, one);
                var (l, r) = (at.Min(state[0], last), at.Min(state[1], last));
                var leftIsOver = at.Compare(CmpIPredicate.Sge, state[0], left.End);
                var rightIsLeft = at.Compare(CmpIPredicate.Slt, state[1], right.End);
                var isSmaller = isFirst(a, at.Load(source[0], r), at.Load(source[0], l));
                var takesRight = a.And(rightIsLeft, a.Or(leftIsOver, isSmaller));
                var place = a.Select(takesRight, r, l);
                return
                [
                    at.Add(state[0], a.Select(takesRight, at.Index(0), one)),
                    at.Add(state[1], a.Select(takesRight, one, at.Index(0))),
                    .. at.StoreAll([.. source.Select(row => at.Load(row, place))], state[2..], to),
                ];
            }
        )[2..];
}
