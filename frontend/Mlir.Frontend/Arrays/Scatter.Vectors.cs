using Mlir.Dialects.Arith;
using Mlir.Frontend.Emission;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>
/// Tensors of one dimension. What to do depends on sizes only: threads share neither a few places nor the many places of a medium tensor, where dealing
/// them out would take longer than writing. Loops of the other ways have no iterations.
/// </summary>
internal sealed partial class Scatter
{
    // Places that one thread sorts by bins; with their values they lie in the second-level cache.
    private const int Chunk = 32_768;

    // Elements beside each other that one thread writes: as many as a place of 16 bits tells apart.
    private const int Bin = 65_536;

    // A tensor of so many elements is larger than the caches of a core: writing it bin by bin is faster even on one thread.
    private const int LeastBinned = 1 << 20;

    // Places that are worth a copy of the tensor, how many copies there are at most, and what fits into a cache beside the values.
    private const int LeastPart = 65_536;
    private const int MostParts = 16;
    private const int MostCopied = 1 << 17;

    // Adding up the copies takes a small part of the time only where there are many places for each element.
    private const int LeastPlacesPerElement = 4 * MostParts;

    /// <summary>Small tensors place by place, large ones in bins.</summary>
    public Value InBins(LoopEmitter e, ArrayEmitter emitter, Value target)
    {
        var isBinned = IsBinned(e);
        var direct = Direct(e, e.Arithmetic.Select(isBinned, e.Index(0), count), target);
        return BinByBin(e, emitter, isBinned, direct);
    }

    /// <summary>As <see cref="InBins"/>; small tensors with many places in copies, where the order of values can be told afterwards.</summary>
    public Value InBinsOrParts(LoopEmitter e, ArrayEmitter emitter, Value target)
    {
        var (isBinned, isCopied) = (IsBinned(e), IsCopied(e));
        var isDealt = e.Arithmetic.Or(isBinned, isCopied);
        var direct = Direct(e, e.Arithmetic.Select(isDealt, e.Index(0), count), target);
        return BinByBin(e, emitter, isBinned, InCopies(e, emitter, isCopied, direct));
    }

    private Value IsBinned(LoopEmitter e) =>
        e.Arithmetic.And(
            e.Compare(CmpIPredicate.Sge, sizes[0], e.Index(LeastBinned)),
            e.Compare(CmpIPredicate.Sge, count, e.Index(2 * Chunk))
        );

    private Value IsCopied(LoopEmitter e)
    {
        var isSmall = e.Compare(CmpIPredicate.Sle, sizes[0], e.Index(MostCopied));
        var least = e.Max(e.Index(2 * LeastPart), e.Multiply(sizes[0], e.Index(LeastPlacesPerElement)));
        return e.Arithmetic.And(isSmall, e.Compare(CmpIPredicate.Sge, count, least));
    }

    // for %i { %p = %indices[%i]; %x[%p] = %values[%i] }
    private Value Direct(LoopEmitter e, Value end, Value target) =>
        Each(e, e.Index(0), end, [target], (f, i, place, state) => [Set(f, [i], [place], state[0])])[0];

    // for %c in chunks { sort its places and values by the place's bin }
    // for %begin in bins { for %c in chunks { for %j in the bin's part of the chunk { %x[%begin + %offsets[%c, %j]] = %sorted[%c, %j] } } }
    private Value BinByBin(LoopEmitter e, ArrayEmitter emitter, Value isBinned, Value target)
    {
        var (zero, one) = (e.Index(0), e.Index(1));
        var chunks = e.Arithmetic.Select(isBinned, Ceiling(e, count, Chunk), zero);
        var bins = e.Arithmetic.Select(isBinned, Ceiling(e, sizes[0], Bin), zero);
        var end = e.Arithmetic.Select(isBinned, sizes[0], zero);
        Value[] sorted = e.For(
            zero,
            chunks,
            one,
            [
                emitter.Full(
                    [chunks, e.Add(bins, e.Index(2))],
                    e.Arithmetic.Constant(IntegerAttr.Get(IntegerType.I64, 0))
                ),
                emitter.Empty([chunks, e.Index(Chunk)], IntegerType.I16),
                emitter.Empty([chunks, e.Index(Chunk)], x.Type.IrType),
            ],
            (f, chunk, state) => SortChunk(f, chunk, bins, state)
        );
        return e.For(
            zero,
            end,
            e.Index(Bin),
            [target],
            (f, begin, state) =>
            {
                var bin = f.Divide(begin, f.Index(Bin));
                return f.For(
                    f.Index(0),
                    chunks,
                    f.Index(1),
                    state,
                    (g, chunk, outer) =>
                        g.For(
                            Start(g, sorted[0], chunk, bin),
                            Start(g, sorted[0], chunk, g.Add(bin, g.Index(1))),
                            g.Index(1),
                            outer,
                            (h, j, inner) =>
                            {
                                var offset = h.Unsigned(h.Load(sorted[1], chunk, j));
                                return [Set(h, h.Load(sorted[2], chunk, j), [h.Add(begin, offset)], inner[0])];
                            }
                        )
                );
            }
        )[0];
    }

    /// <summary>Sorts the places of a chunk by their bins, those of one bin in their order; then <c>starts[chunk, b]</c> is where bin b begins.</summary>
    private Value[] SortChunk(LoopEmitter e, Value chunk, Value bins, Value[] state)
    {
        var first = e.Multiply(chunk, e.Index(Chunk));
        var end = e.Min(e.Add(first, e.Index(Chunk)), count);

        // What is counted two further on becomes, added up, the starts one further on, which move to the ends while the bins fill.
        var counted = Each(
            e,
            first,
            end,
            [state[0]],
            (f, _, place, starts) => [Increase(f, starts[0], chunk, f.Add(BinOf(f, place), f.Index(2))).Starts]
        );
        var added = e.For(
            e.Index(2),
            e.Add(bins, e.Index(2)),
            e.Index(1),
            counted,
            (f, bin, starts) =>
            {
                var before = f.Load(starts[0], chunk, f.Subtract(bin, f.Index(1)));
                var sum = f.Arithmetic.Add(before, f.Load(starts[0], chunk, bin), ScalarType.Int64);
                return [f.Store(sum, starts[0], chunk, bin)];
            }
        );
        return Each(
            e,
            first,
            end,
            [added[0], state[1], state[2]],
            (f, i, place, next) =>
            {
                var (at, starts) = Increase(f, next[0], chunk, f.Add(BinOf(f, place), f.Index(1)));
                return
                [
                    starts,
                    f.Store(f.FromIndex(place, IntegerType.I16), next[1], chunk, at),
                    f.Store(f.Load(values.Value, i), next[2], chunk, at),
                ];
            }
        );
    }

    // for %part { for %i in its places { %copies[%part, %p] += %values[%i], or = %i + 1 } }
    // for %begin in stripes { for %p in stripe { for %part { add the copies, or find the last value } } }
    private Value InCopies(LoopEmitter e, ArrayEmitter emitter, Value isCopied, Value target)
    {
        var (zero, one) = (e.Index(0), e.Index(1));
        var type = add ? x.Type : ScalarType.Int64;
        var parts = e.Min(e.Divide(count, e.Index(LeastPart)), e.Index(MostParts));
        parts = e.Arithmetic.Select(isCopied, parts, zero);
        var size = e.Arithmetic.Select(isCopied, sizes[0], zero);
        var length = e.Divide(e.Add(count, e.Subtract(parts, one)), e.Max(parts, one));
        var copies = e.For(
            zero,
            parts,
            one,
            [emitter.Full([parts, size], e.Arithmetic.Constant(IntegerAttr.Get(type.IrType, 0)))],
            (f, part, state) =>
            {
                var begin = f.Multiply(part, length);
                return Each(
                    f,
                    begin,
                    f.Min(f.Add(begin, length), count),
                    state,
                    (g, i, place, copy) =>
                    {
                        var value = add
                            ? g.Arithmetic.Add(g.Load(copy[0], part, place), g.Load(values.Value, i), type)
                            : g.FromIndex(g.Add(i, g.Index(1)), IntegerType.I64);
                        return [g.Store(value, copy[0], part, place)];
                    }
                );
            }
        )[0];
        return e.For(
            zero,
            size,
            e.Index(Stripe),
            [target],
            (f, begin, state) =>
                f.For(
                    begin,
                    f.Min(f.Add(begin, f.Index(Stripe)), size),
                    f.Index(1),
                    state,
                    (g, place, outer) =>
                    {
                        var merged = g.For(
                            g.Index(0),
                            parts,
                            g.Index(1),
                            [g.Arithmetic.Constant(IntegerAttr.Get(type.IrType, 0))],
                            (h, part, total) =>
                            {
                                var copy = h.Load(copies, part, place);
                                return
                                [
                                    add
                                        ? h.Arithmetic.Add(total[0], copy, type)
                                        : h.Arithmetic.Max(total[0], copy, type),
                                ];
                            }
                        )[0];
                        return [Merge(g, merged, place, outer[0])];
                    }
                )
        )[0];
    }

    /// <summary>Adds the sum of the copies, or writes the last value if there is one.</summary>
    private Value Merge(LoopEmitter e, Value merged, Value place, Value target)
    {
        if (add)
        {
            return Set(e, merged, [place], target);
        }

        var a = e.Arithmetic;
        var last = e.Subtract(e.ToIndex(merged, ScalarType.Int64), e.Index(1));
        var isWritten = e.Compare(CmpIPredicate.Sge, last, e.Index(0));
        var value = e.Load(values.Value, e.Max(last, e.Index(0)));
        return e.Store(a.Select(isWritten, value, e.Load(target, place)), target, place);
    }

    private static Value BinOf(LoopEmitter e, Value place) => e.Divide(place, e.Index(Bin));

    private static Value Start(LoopEmitter e, Value starts, Value chunk, Value bin) =>
        e.ToIndex(e.Load(starts, chunk, bin), ScalarType.Int64);

    private static (Value Before, Value Starts) Increase(LoopEmitter e, Value starts, Value chunk, Value bin)
    {
        var old = e.Load(starts, chunk, bin);
        var more = e.Arithmetic.Add(old, e.Arithmetic.Int(1, old), ScalarType.Int64);
        return (e.ToIndex(old, ScalarType.Int64), e.Store(more, starts, chunk, bin));
    }

    private static Value Ceiling(LoopEmitter e, Value number, long divisor) =>
        e.Divide(e.Add(number, e.Index(divisor - 1)), e.Index(divisor));
}
