using Mlir.Dialects.Arith;
using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// The best element and the place of its first occurrence: <c>takes = element > best; yield select(takes, element, best), select(takes, index,
/// place)</c>, or the other direction, and for floats perhaps with NaN as the best of all.
/// </summary>
/// <remarks>
/// Each lane finds its own first best element. Among lanes the better one wins, and of equal ones the earlier: the answer is that of one iteration
/// after another, whatever the number of lanes.
/// </remarks>
internal sealed class ExtremeCombiner : Combiner
{
    private readonly Operation _compare;
    private readonly bool _nanIsBest;
    private readonly IntegerType _counter;

    private ExtremeCombiner(int best, int place, SelectOp select, Operation compare, bool nanIsBest)
    {
        var element = select.TrueValue;
        (Outputs, Types, Elements) = ([best, place], [element.Type, IntegerType.I64], [element]);
        (_compare, _nanIsBest) = (compare, nanIsBest);

        // A lane counts its elements: 2³¹ times 64 of those that are narrow are more than an array has.
        _counter = Lanes == 64 ? IntegerType.I32 : IntegerType.I64;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Outputs { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<IrType> Types { get; }

    /// <inheritdoc/>
    public override IReadOnlyCollection<Operation> Operations { get; } =
        new HashSet<Operation>(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    public override IReadOnlyList<Value> Elements { get; }

    /// <summary>The combiner of the best element that output <paramref name="index"/> is, together with its place, or null when it is none.</summary>
    public static ExtremeCombiner? Find(GenericOp op, int index)
    {
        var kinds = op.IteratorKinds;
        if (
            kinds.Count(k => k == IteratorType.Reduction) != 1
            || kinds[^1] != IteratorType.Reduction
            || SelectOf(op, index) is not { } select
            || FindPlace(op, select, kinds.Length - 1) is not { } place
        )
        {
            return null;
        }

        var best = op.OutputElement(index);
        var (compare, nanIsBest) = FindCompare(select.Condition, select.TrueValue, best);
        if (compare is null)
        {
            return null;
        }

        var found = new ExtremeCombiner(index, place, select, compare, nanIsBest);
        var chain = (HashSet<Operation>)found.Operations;
        chain.Add(select);
        chain.Add(SelectOf(op, place)!);
        AddExclusive(op, chain, select.TrueValue);
        return IsUsedBy(best, chain) && IsUsedBy(op.OutputElement(place), chain) ? found : null;
    }

    /// <inheritdoc/>
    public override Value[] Neutral(Emitter emit, Func<Value[]> before) => before();

    /// <inheritdoc/>
    public override Value[] Start(Emitter emit, Value[] neutral) =>
        [
            emit.Broadcast(neutral[0], VectorType.Get([Lanes], Types[0])),
            emit.Constant(DenseElementsAttr.Splat(VectorType.Get([Lanes], _counter), IntegerAttr.Get(_counter, -1))),
        ];

    /// <inheritdoc/>
    public override Value[] Step(Emitter emit, Value[] lanes, Value[] elements, Func<Value> position)
    {
        var takes = Better(emit, elements[0], lanes[0]);
        var count = emit.Insert(new IndexCastOp(emit.Location, emit.Div(position(), emit.Index(Lanes)), _counter));
        return
        [
            emit.Select(takes, elements[0], lanes[0]),
            emit.Select(takes, emit.Broadcast(count.Out, (VectorType)lanes[1].Type), lanes[1]),
        ];
    }

    /// <inheritdoc/>
    public override Value[] Fold(Emitter emit, Value[] lanes, Value[] neutral, Value begin)
    {
        // Lane l's element number k is iteration k · lanes + l of the leaf; a lane that has found none keeps the place from before.
        var type = VectorType.Get([Lanes], IntegerType.I64);
        var none = emit.Insert(
            new CmpIOp(emit.Location, lanes[1], Splat(emit, (VectorType)lanes[1].Type, 0), CmpIPredicate.Slt)
        );
        var counts =
            _counter == IntegerType.I64 ? lanes[1] : emit.Insert(new ExtSIOp(emit.Location, lanes[1], type)).Out;
        var first = emit.Insert(new IndexCastOp(emit.Location, begin, IntegerType.I64)).Out;
        var steps = emit.Step(VectorType.Get([Lanes], IndexType.Instance));
        var numbers = emit.Insert(new IndexCastOp(emit.Location, steps, type));
        var places = emit.AddVectors(
            emit.Insert(new MulIOp(emit.Location, counts, Splat(emit, type, Lanes))).Result,
            emit.AddVectors(numbers.Out, emit.Broadcast(first, type))
        );
        Value[] found = [lanes[0], emit.Select(none.Result, emit.Broadcast(neutral[1], type), places)];
        for (var half = Lanes / 2; half > 1; half /= 2)
        {
            found = Merge(
                emit,
                [.. found.Select(v => emit.Slice(v, 0, half))],
                [.. found.Select(v => emit.Slice(v, half, half))]
            );
        }

        return Merge(emit, [.. found.Select(v => emit.Extract(v, 0))], [.. found.Select(v => emit.Extract(v, 1))]);
    }

    /// <inheritdoc/>
    public override Value[] Merge(Emitter emit, Value[] earlier, Value[] later)
    {
        var isFirst = emit.Less(later[1], earlier[1]);
        var equal = emit.Not(Better(emit, earlier[0], later[0]));
        var takes = emit.Or(Better(emit, later[0], earlier[0]), emit.And(equal, isFirst));
        return [emit.Select(takes, later[0], earlier[0]), emit.Select(takes, later[1], earlier[1])];
    }

    /// <summary>Whether <paramref name="a"/> takes over from <paramref name="b"/>.</summary>
    private Value Better(Emitter emit, Value a, Value b)
    {
        if (_compare is CmpIOp integers)
        {
            return emit.Insert(new CmpIOp(emit.Location, a, b, integers.Predicate)).Result;
        }

        var predicate = ((CmpFOp)_compare).Predicate;
        if (!_nanIsBest)
        {
            return emit.Insert(new CmpFOp(emit.Location, a, b, predicate)).Result;
        }

        // Better, or one is NaN; and that is not b.
        var orNaN = predicate == CmpFPredicate.OGt ? CmpFPredicate.UGt : CmpFPredicate.ULt;
        return emit.And(
            emit.Insert(new CmpFOp(emit.Location, a, b, orNaN)).Result,
            emit.Insert(new CmpFOp(emit.Location, b, b, CmpFPredicate.Ord)).Result
        );
    }

    private static Value Splat(Emitter emit, VectorType type, long value) =>
        emit.Constant(DenseElementsAttr.Splat(type, IntegerAttr.Get(type.ElementType, value)));

    /// <summary>The choice between something new and its accumulator that output <paramref name="output"/> is.</summary>
    private static SelectOp? SelectOf(GenericOp op, int output) =>
        op.BodyBlock.Last!.Operands[output] is { HasOneUse: true, Definer: SelectOp select }
        && ReferenceEquals(select.Block, op.BodyBlock)
        && ReferenceEquals(select.FalseValue, op.OutputElement(output))
        && !ReferenceEquals(select.TrueValue, op.OutputElement(output))
            ? select
            : null;

    /// <summary>The output that goes with <paramref name="best"/> and is the number of the iteration along <paramref name="loop"/>.</summary>
    private static int? FindPlace(GenericOp op, SelectOp best, int loop)
    {
        for (var i = 0; i < op.Outputs.Count; i++)
        {
            if (
                op.OutputElement(i).Type == IntegerType.I64
                && SelectOf(op, i) is { } select
                && !ReferenceEquals(select, best)
                && ReferenceEquals(select.Condition, best.Condition)
                && select.TrueValue.Definer is IndexCastOp { In.Definer: IndexOp index }
                && index.Dim == loop
            )
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>The strict comparison that <paramref name="takes"/> is, and whether a NaN takes over from what is none.</summary>
    private static (Operation? Compare, bool NanIsBest) FindCompare(Value takes, Value element, Value best)
    {
        if (IsStrict(takes.Definer, element, best))
        {
            return (takes.Definer, false);
        }

        if (takes.Definer is OrIOp either)
        {
            foreach (var (one, other) in ((Value, Value)[])[(either.Lhs, either.Rhs), (either.Rhs, either.Lhs)])
            {
                if (one.Definer is CmpFOp && IsStrict(one.Definer, element, best) && IsFirstNaN(other, element, best))
                {
                    return (one.Definer, true);
                }
            }
        }

        return (null, false);
    }

    private static bool IsStrict(Operation? op, Value element, Value best) =>
        op switch
        {
            CmpFOp { Predicate: CmpFPredicate.OGt or CmpFPredicate.OLt } => true,
            CmpIOp { Predicate: CmpIPredicate.Sgt or CmpIPredicate.Slt or CmpIPredicate.Ugt or CmpIPredicate.Ult } =>
                true,
            _ => false,
        }
        && ReferenceEquals(op!.Operands[0], element)
        && ReferenceEquals(op.Operands[1], best);

    private static bool IsFirstNaN(Value value, Value element, Value best) =>
        value.Definer is AndIOp both
        && (
            (IsNaN(both.Lhs, element) && IsNumber(both.Rhs, best))
            || (IsNaN(both.Rhs, element) && IsNumber(both.Lhs, best))
        );

    private static bool IsNaN(Value test, Value value) => IsSelfTest(test, CmpFPredicate.Uno, value);

    private static bool IsNumber(Value test, Value value) =>
        IsSelfTest(test, CmpFPredicate.Ord, value)
        || (test.Definer is XOrIOp { Rhs.ConstInt: { } one } not && one != 0 && IsNaN(not.Lhs, value));

    private static bool IsSelfTest(Value test, CmpFPredicate predicate, Value value) =>
        test.Definer is CmpFOp compare
        && compare.Predicate == predicate
        && ReferenceEquals(compare.Lhs, value)
        && ReferenceEquals(compare.Rhs, value);

    /// <summary>Adds what only operations of <paramref name="chain"/> use, but not <paramref name="element"/>, which is still wanted.</summary>
    private static void AddExclusive(GenericOp op, HashSet<Operation> chain, Value element)
    {
        for (var inner = op.BodyBlock.Last; inner is not null; inner = inner.Previous)
        {
            if (
                inner is { Regions.Count: 0, Results.Count: > 0 }
                && !ReferenceEquals(inner, element.Definer)
                && inner.Results.All(r => !r.IsUnused && IsUsedBy(r, chain))
            )
            {
                chain.Add(inner);
            }
        }
    }

    private static bool IsUsedBy(Value value, HashSet<Operation> chain)
    {
        foreach (var use in value.Uses)
        {
            if (!chain.Contains(use.Owner))
            {
                return false;
            }
        }

        return true;
    }
}
