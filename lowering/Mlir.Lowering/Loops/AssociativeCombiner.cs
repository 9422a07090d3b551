using Mlir.Dialects.Arith;
using Mlir.Dialects.Linalg;
using Mlir.IR;
using FmaOp = Mlir.Dialects.Math.FmaOp;

namespace Mlir.Lowering;

/// <summary>
/// An associative operation: <c>yield combine(accumulator, element)</c> with an element that needs no accumulator, or a product that is rounded
/// together with the sum it goes to: <c>yield fma(a, b, accumulator)</c>.
/// </summary>
internal sealed class AssociativeCombiner : Combiner
{
    private readonly Operation _operation;
    private readonly int _accumulator;

    private AssociativeCombiner(int output, Operation operation, TypedAttr neutral, int accumulator)
    {
        (Outputs, Types, Operations) = ([output], [neutral.Type], [operation]);
        (_operation, NeutralElement, _accumulator) = (operation, neutral, accumulator);
        Elements = [.. operation.Operands.ToArray().Where((_, i) => i != accumulator)];
    }

    /// <summary>Whether every order gives the same bits.</summary>
    public bool IsExact => NeutralElement is IntegerAttr || _operation.Name is "arith.maximumf" or "arith.minimumf";

    /// <summary>The element that changes nothing.</summary>
    public TypedAttr NeutralElement { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Outputs { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<IrType> Types { get; }

    /// <inheritdoc/>
    public override IReadOnlyCollection<Operation> Operations { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Value> Elements { get; }

    /// <summary>The combiner of output <paramref name="index"/>, or null when the body does something else with its accumulator.</summary>
    public static AssociativeCombiner? Find(GenericOp op, int index)
    {
        var accumulator = op.OutputElement(index);
        var combined = op.BodyBlock.Last!.Operands[index];
        if (
            !accumulator.HasOneUse
            || !combined.HasOneUse
            || combined.Definer is not { } definer
            || !ReferenceEquals(definer.Block, op.BodyBlock)
            || !ReferenceEquals(accumulator.FirstUse!.Owner, definer)
            || NeutralOf(definer.Name, combined.Type) is not { } neutral
        )
        {
            return null;
        }

        // A product takes its sum last.
        var position = accumulator.FirstUse.Index;
        return definer is FmaOp == (position == 2) ? new AssociativeCombiner(index, definer, neutral, position) : null;
    }

    /// <summary>The combiners of all outputs, which have the same number of lanes; null where there are no such.</summary>
    public static AssociativeCombiner[]? FindEach(GenericOp op)
    {
        var combiners = Enumerable.Range(0, op.Outputs.Count).Select(i => Find(op, i)).OfType<AssociativeCombiner>();
        return
            combiners.ToArray() is var found
            && found.Length == op.Outputs.Count
            && found.Select(c => c.Lanes).Distinct().Count() == 1
            ? found
            : null;
    }

    /// <inheritdoc/>
    public override Value[] Neutral(Emitter emit, Func<Value[]> before) => [emit.Constant(NeutralElement)];

    /// <inheritdoc/>
    public override Value[] Start(Emitter emit, Value[] neutral) =>
        [emit.Constant(DenseElementsAttr.Splat(VectorType.Get([Lanes], NeutralElement.Type), NeutralElement))];

    /// <inheritdoc/>
    public override Value[] Step(Emitter emit, Value[] lanes, Value[] elements, Func<Value> position) =>
        [Combine(emit, _operation, [.. elements[.._accumulator], lanes[0], .. elements[_accumulator..]])];

    /// <summary>The upper half of the lanes is combined into the lower half until one is left.</summary>
    public override Value[] Fold(Emitter emit, Value[] lanes, Value[] neutral, Value begin)
    {
        var sums = lanes[0];
        for (var half = Lanes / 2; half > 1; half /= 2)
        {
            sums = Merge(emit, emit.Slice(sums, 0, half), emit.Slice(sums, half, half));
        }

        return [Merge(emit, emit.Extract(sums, 0), emit.Extract(sums, 1))];
    }

    /// <inheritdoc/>
    public override Value[] Merge(Emitter emit, Value[] earlier, Value[] later) => [Merge(emit, earlier[0], later[0])];

    /// <summary>Combines what was collected by earlier and by later lanes or leaves.</summary>
    public Value Merge(Emitter emit, Value earlier, Value later) =>
        _operation is FmaOp
            ? emit.Insert(new AddFOp(emit.Location, earlier, later)).Result
            : Combine(emit, _operation, _accumulator == 0 ? [earlier, later] : [later, earlier]);

    private static Value Combine(Emitter emit, Operation operation, Value[] operands) =>
        emit.Insert(ElementwiseCloner.Clone(operation, operands, _ => operands[0].Type)).Result0;

    private static TypedAttr? NeutralOf(string name, IrType type) =>
        (name, type) switch
        {
            // -0 + x is x for every x, also for both zeros.
            ("arith.addf" or "math.fma", FloatType f) => FloatAttr.Get(f, -0.0),
            ("arith.mulf", FloatType f) => FloatAttr.Get(f, 1),
            ("arith.maximumf", FloatType f) => FloatAttr.Get(f, double.NegativeInfinity),
            ("arith.minimumf", FloatType f) => FloatAttr.Get(f, double.PositiveInfinity),

            // The number-preferring forms drop a NaN.
            ("arith.maxnumf" or "arith.minnumf", FloatType f) => FloatAttr.Get(f, double.NaN),
            ("arith.addi" or "arith.ori" or "arith.xori" or "arith.maxui", IntegerType or IndexType) => IntegerAttr.Get(
                type,
                0
            ),
            ("arith.muli", IntegerType or IndexType) => IntegerAttr.Get(type, 1),
            ("arith.andi" or "arith.minui", IntegerType or IndexType) => IntegerAttr.Get(type, -1),
            ("arith.maxsi", IntegerType i) => IntegerAttr.Get(i, Int128.One << (i.Width - 1)),
            ("arith.minsi", IntegerType i) => IntegerAttr.Get(i, (Int128.One << (i.Width - 1)) - 1),
            _ => null,
        };
}
