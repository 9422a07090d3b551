using Mlir.Dialects.Vector;
using Mlir.IR;
using Arith = Mlir.Dialects.Arith;

namespace Mlir.Lowering;

/// <content>Sums of products of narrow integers, two products at a time.</content>
/// <remarks>
/// Packed panels hold two neighbours along the reduced loop in one word of 32 bits, and so does the word that is broadcast from the
/// left factor. Processors have an instruction that multiplies the halves of words, and adds both products (<c>vpdpwssd</c>, <c>vpmaddwd</c>); sums
/// of integers wrap, so that the order does not matter.
/// </remarks>
internal sealed partial class ContractionNest
{
    private const int HalfBits = 16;

    /// <summary>Whether both factors are integers that fit into half of a sum of 32 bits.</summary>
    private static bool ComesInPairs(Contraction contraction) =>
        contraction.Accumulator is IntegerType { Width: 2 * HalfBits }
        && FitsHalf(contraction.Left)
        && FitsHalf(contraction.Right);

    private static bool FitsHalf(Value factor) =>
        factor.Definer switch
        {
            Arith.ExtSIOp signed => signed.In.Type is IntegerType { Width: <= HalfBits },
            Arith.ExtUIOp unsigned => unsigned.In.Type is IntegerType { Width: < HalfBits },
            _ => false,
        };

    /// <summary>How many rows a panel has for some of the reduced loop's iterations.</summary>
    private Value PanelRows(Emitter emit, Value iterations) =>
        _pairs ? emit.CeilDiv(iterations, emit.Index(2)) : iterations;

    /// <summary>The elements of the right factor in one row of a panel.</summary>
    private Value PackedRight(Emitter emit, Value[] outer, Value row, Value column, Value? mask) =>
        InPairs(emit, row, isPadded: true, (e, k) => LoadRight(e, outer, k, column, mask));

    /// <summary>The element of the left factor that belongs to one row of a panel.</summary>
    private Value PackedLeft(Emitter emit, Value[] outer, Value[] leftRow, Value row) =>
        // What stands beside the last of an odd number meets a zero in the panel.
        InPairs(
            emit,
            row,
            isPadded: false,
            (e, k) => LoadScalar(e, _contraction.Left, Subscripts(e, outer, leftRow, k, null))
        );

    /// <summary>One element, or two in one word.</summary>
    /// <param name="emit">Where the loads go.</param>
    /// <param name="row">The number of the element or of the pair.</param>
    /// <param name="isPadded">Whether a zero stands beside the last one of an odd number.</param>
    /// <param name="load">Loads an element.</param>
    private Value InPairs(Emitter emit, Value row, bool isPadded, Func<Emitter, Value, Value> load)
    {
        if (!_pairs)
        {
            return load(emit, row);
        }

        var first = emit.Mul(row, emit.Index(2));
        var second = emit.Add(first, emit.Index(1));
        var low = load(emit, first);
        var high = load(emit, emit.Min(second, emit.Sub(_depth, emit.Index(1))));
        if (isPadded)
        {
            high = emit.Select(emit.Less(second, _depth), high, emit.Constant(Filled(high.Type, 0)));
        }

        var lowBits = emit.And(low, emit.Constant(Filled(low.Type, (1 << HalfBits) - 1)));
        var bits = emit.Constant(Filled(high.Type, HalfBits));
        return emit.Or(lowBits, emit.Insert(new Arith.ShLIOp(emit.Location, high, bits)).Result);
    }

    /// <summary>Adds both products of each lane's pairs to its sum.</summary>
    // %p = muli (extsi (bitcast %left)), (extsi (bitcast %right));  %sum + (even lanes of %p + odd lanes of %p)
    private Value AddPairs(Emitter emit, Value left, Value right, Value sum)
    {
        var halves = VectorType.Get([2 * _tile.Lanes], IntegerType.Get(HalfBits));
        var words = VectorType.Get([2 * _tile.Lanes], _contraction.Accumulator);
        var products = emit.Insert(new Arith.MulIOp(emit.Location, Widened(left), Widened(right))).Result;
        return emit.AddVectors(sum, emit.AddVectors(EverySecond(0), EverySecond(1)));

        Value Widened(Value pairs) =>
            emit.Insert(
                new Arith.ExtSIOp(emit.Location, emit.Insert(new BitCastOp(emit.Location, pairs, halves)).Result, words)
            ).Out;

        Value EverySecond(int from) =>
            emit.Insert(
                new ShuffleOp(
                    emit.Location,
                    products,
                    products,
                    DenseArrayAttr.I64([.. Enumerable.Range(0, _tile.Lanes).Select(i => (2L * i) + from)]),
                    _vector
                )
            ).Vector;
    }

    private static TypedAttr Filled(IrType type, long value) =>
        type is VectorType vector
            ? DenseElementsAttr.Splat(vector, IntegerAttr.Get(vector.ElementType, value))
            : IntegerAttr.Get(type, value);
}
