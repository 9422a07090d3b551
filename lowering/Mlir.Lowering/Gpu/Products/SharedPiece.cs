using Mlir.Dialects.Nvgpu;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>A piece of a factor in shared memory.</summary>
/// <remarks>
/// Neighbours lie side by side as they do in the array, unless the lines have to, in rows of units of 16 bytes. A unit's place in its row depends on the
/// row, so that threads which read from different rows at once find them in different banks.
/// </remarks>
/// <param name="factor">The factor.</param>
/// <param name="lines">How many rows of the left factor, or columns of the right one.</param>
/// <param name="tile">The block's share.</param>
/// <param name="depthLoop">The loop that is summed over.</param>
/// <param name="form">How it is read.</param>
internal sealed class SharedPiece(ProductFactor factor, int lines, ProductTile tile, int depthLoop, SharedForm form)
{
    /// <summary>The bytes that are copied at once.</summary>
    public const int UnitBytes = 16;

    /// <summary>The fewest bytes that are copied at once.</summary>
    private const int LeastBytes = 4;

    /// <summary>The bytes that threads read at once at best: a row of banks.</summary>
    public const int BankBytes = 128;

    /// <summary>The rows of banks after which a pattern repeats.</summary>
    public const int PatternRows = 8;

    private readonly int _bytes = DenseElementsAttr.ElementSize(factor.Element);

    /// <summary>The elements of a unit.</summary>
    public int Unit => UnitBytes / _bytes;

    /// <summary>The elements of a row of banks.</summary>
    public int BankRow => BankBytes / _bytes;

    /// <summary>Whether lines lie side by side, and not what is summed.</summary>
    public bool LinesLast => form == SharedForm.Lines || factor.IsAlongLast;

    private int Last => LinesLast ? lines : tile.Depth;

    private int Units => Last / Unit;

    /// <summary>The elements from one row to the next.</summary>
    private int Pitch => form == SharedForm.Lines && !factor.IsAlongLast ? Last + Unit : Last;

    /// <summary>The elements of a piece.</summary>
    public int Count => Pitch * (LinesLast ? tile.Depth : lines);

    /// <summary>The bytes of a piece.</summary>
    public int Bytes => Count * _bytes;

    /// <summary>Whether elements lie as in the array, so that copies can bring whole units of aligned rows.</summary>
    public bool KeepsUnits => factor.IsCopied && LinesLast == factor.IsAlongLast;

    /// <summary>The elements of all pieces as an array, which begin at a place in the block's memory.</summary>
    public Value View(Emitter e, Value memory, int start) => e.View(memory, start, Count * tile.Stages, factor.Element);

    /// <summary>The place of an element in its piece.</summary>
    public Value Place(Emitter e, Value line, Value depth)
    {
        var (row, last) = LinesLast ? (depth, line) : (line, depth);
        if (form == SharedForm.Pattern)
        {
            return InPattern(e, row, last);
        }

        var start = e.Mul(row, e.Index(Pitch));
        if (form == SharedForm.Lines)
        {
            return e.Add(start, last);
        }

        var unit = e.Index(Unit);
        var number = e.Xor(e.Div(last, unit), Turn(e, row));
        return e.Add(start, e.Add(e.Mul(number, unit), e.Rem(last, unit)));
    }

    // What is wider than a row of banks lies in as many columns of that width, one after the other.
    private Value InPattern(Emitter e, Value row, Value last)
    {
        var (width, unit) = (e.Index(BankRow), e.Index(Unit));
        var column = e.Mul(e.Div(last, width), e.Index(BankRow * tile.Depth));
        var inside = e.Rem(last, width);
        var number = e.Xor(e.Div(inside, unit), e.Rem(row, e.Index(PatternRows)));
        var start = LinesLast ? e.Add(column, e.Mul(row, width)) : e.Mul(row, width);
        return e.Add(start, e.Add(e.Mul(number, unit), e.Rem(inside, unit)));
    }

    // Eight rows are read at the same unit, or four at two neighbouring ones.
    private Value Turn(Emitter e, Value row)
    {
        if (form == SharedForm.FourRows)
        {
            return e.Mul(e.Rem(row, e.Index(4)), e.Index(2));
        }

        var all = BankBytes / UnitBytes;
        var turns = Math.Min(Units, all);
        return e.Rem(e.Div(row, e.Index(all / turns)), e.Index(turns));
    }

    /// <summary>Brings a piece, by copies that go on behind the threads' back or by loads and stores; zeros take the place of what lies outside.</summary>
    /// <param name="e">Where it is brought.</param>
    /// <param name="thread">The thread's number.</param>
    /// <param name="view">All pieces.</param>
    /// <param name="stage">The piece's number.</param>
    /// <param name="first">Where the block's lines begin.</param>
    /// <param name="start">The first of what is summed.</param>
    /// <param name="sizes">How far each loop goes.</param>
    /// <param name="wide">Whether rows of the array are aligned.</param>
    /// <returns>What stands for the copies.</returns>
    public List<Value> Fetch(
        Emitter e,
        Value thread,
        Value view,
        Value stage,
        Value[] first,
        Value start,
        Value[] sizes,
        bool wide
    )
    {
        var tokens = new List<Value>();
        var at = e.Mul(stage, e.Index(Count));
        var width = wide && KeepsUnits ? Unit : 1;
        var rounds = lines * tile.Depth / width / tile.Threads;
        if (factor.IsCopied && width * _bytes >= LeastBytes)
        {
            for (var i = 0; i < rounds; i++)
            {
                var (ivs, to, inside) = Locate(e, e.Add(thread, e.Index(i * tile.Threads)));
                var (array, from) = factor.Place(e, ivs);
                var given = e.Select(inside, e.Index(width), e.Index(0));
                var copy = new DeviceAsyncCopyOp(
                    e.Location,
                    view,
                    [to],
                    array,
                    from,
                    given,
                    width,
                    bypassL1: width * _bytes == UnitBytes
                );
                tokens.Add(e.Insert(copy).AsyncToken);
            }

            return tokens;
        }

        e.For(
            thread,
            e.Index(rounds * tile.Threads),
            e.Index(tile.Threads),
            [],
            (each, number, _) =>
            {
                var (ivs, to, inside) = Locate(each, number);
                var element = each.If(
                    inside,
                    [factor.Element],
                    there => [factor.Load(there, ivs)],
                    outside => [outside.Zero(factor.Element)]
                )[0];
                each.Store(element, view, [to]);
                return [];
            }
        );
        return tokens;

        (Value[] Ivs, Value To, Value Inside) Locate(Emitter each, Value number)
        {
            var across = each.Index((factor.IsAlongLast ? lines : tile.Depth) / width);
            var last = each.Mul(each.Rem(number, across), each.Index(width));
            var row = each.Div(number, across);
            var (line, depth) = factor.IsAlongLast ? (last, row) : (row, last);
            var ivs = (Value[])first.Clone();
            ivs[factor.Along] = each.Add(first[factor.Along], line);
            ivs[depthLoop] = each.Add(start, depth);
            var inside = each.And(
                each.Less(ivs[factor.Along], sizes[factor.Along]),
                each.Less(ivs[depthLoop], sizes[depthLoop])
            );
            return (ivs, each.Add(at, Place(each, line, depth)), inside);
        }
    }
}
