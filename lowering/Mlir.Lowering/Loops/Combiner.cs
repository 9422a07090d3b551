using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>How outputs of a reduction collect elements: each lane for itself, then lane with lane and leaf with leaf.</summary>
internal abstract class Combiner
{
    /// <summary>The outputs that are collected together.</summary>
    public abstract IReadOnlyList<int> Outputs { get; }

    /// <summary>The types of the outputs' elements.</summary>
    public abstract IReadOnlyList<IrType> Types { get; }

    /// <summary>The operations of the body that combine, which <see cref="Step"/> takes the place of.</summary>
    public abstract IReadOnlyCollection<Operation> Operations { get; }

    /// <summary>The values of the body that are combined into what was collected.</summary>
    public abstract IReadOnlyList<Value> Elements { get; }

    /// <summary>The number of lanes.</summary>
    public int Lanes => ReductionOrder.Lanes(Types[0]);

    /// <summary>What changes nothing when it is combined with anything, for each output.</summary>
    /// <param name="emit">Where it goes.</param>
    /// <param name="before">Emits what the outputs hold before the reduction.</param>
    public abstract Value[] Neutral(Emitter emit, Func<Value[]> before);

    /// <summary>Lanes that have collected nothing.</summary>
    public abstract Value[] Start(Emitter emit, Value[] neutral);

    /// <summary>Combines one element into each lane.</summary>
    /// <param name="emit">Where it goes.</param>
    /// <param name="lanes">What the lanes have collected.</param>
    /// <param name="elements">The <see cref="Elements"/> of all lanes.</param>
    /// <param name="position">Emits the place of the first lane's element in its leaf, a multiple of the number of lanes.</param>
    public abstract Value[] Step(Emitter emit, Value[] lanes, Value[] elements, Func<Value> position);

    /// <summary>Combines the lanes into one value for each output.</summary>
    /// <param name="emit">Where it goes.</param>
    /// <param name="lanes">What the lanes have collected.</param>
    /// <param name="neutral">What <see cref="Neutral"/> made.</param>
    /// <param name="begin">The iteration of the leaf's first element.</param>
    public abstract Value[] Fold(Emitter emit, Value[] lanes, Value[] neutral, Value begin);

    /// <summary>Combines what was collected by earlier and by later leaves.</summary>
    public abstract Value[] Merge(Emitter emit, Value[] earlier, Value[] later);

    /// <summary>
    /// Combiners for all outputs of <paramref name="op"/> but those that every iteration writes an element of; null when the body does something
    /// else with an accumulator.
    /// </summary>
    public static Combiner[]? FindAll(GenericOp op)
    {
        var combiners = new List<Combiner>();
        for (var i = 0; i < op.Outputs.Count; i++)
        {
            if (IsElement(op, i) || combiners.Exists(c => c.Outputs.Contains(i)))
            {
                continue;
            }

            if (((Combiner?)AssociativeCombiner.Find(op, i) ?? ExtremeCombiner.Find(op, i)) is not { } combiner)
            {
                return null;
            }

            combiners.RemoveAll(c => c.Outputs.Any(combiner.Outputs.Contains));
            combiners.Add(combiner);
        }

        return combiners.Count > 0 ? [.. combiners] : null;
    }

    /// <summary>Whether each iteration writes an element of its own of output <paramref name="output"/>.</summary>
    public static bool IsElement(GenericOp op, int output) =>
        op.OutputElement(output).IsUnused && op.OutputMap(output).IsPermutation;
}
