using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>The associative operation of a reduction: <c>yield combine(accumulator, element)</c> with an element that needs no accumulator.</summary>
/// <param name="Operation">The operation in the body that combines.</param>
/// <param name="Element">The value in the body that is combined into the accumulator.</param>
/// <param name="Neutral">The element that changes nothing.</param>
/// <param name="AccumulatorFirst">Whether the accumulator is the left operand.</param>
internal sealed record Combiner(Operation Operation, Value Element, TypedAttr Neutral, bool AccumulatorFirst)
{
    /// <summary>The combiner of output <paramref name="index"/>, or null when the body does something else with its accumulator.</summary>
    public static Combiner? Find(GenericOp op, int index)
    {
        var accumulator = op.OutputElement(index);
        var combined = op.BodyBlock.Last!.Operands[index];
        if (
            !accumulator.HasOneUse
            || !combined.HasOneUse
            || combined.Definer is not { Operands.Count: 2 } definer
            || !ReferenceEquals(definer.Block, op.BodyBlock)
            || !ReferenceEquals(accumulator.FirstUse!.Owner, definer)
            || NeutralOf(definer.Name, combined.Type) is not { } neutral
        )
        {
            return null;
        }

        var first = ReferenceEquals(definer.Operands[0], accumulator);
        return new Combiner(definer, definer.Operands[first ? 1 : 0], neutral, first);
    }

    /// <summary>Emits the combination of two values of the accumulator's type or a vector of it.</summary>
    public Value Emit(Emitter emit, Value accumulator, Value element) =>
        emit.Insert(
            ElementwiseCloner.Clone(
                Operation,
                AccumulatorFirst ? [accumulator, element] : [element, accumulator],
                _ => accumulator.Type
            )
        ).Result0;

    private static TypedAttr? NeutralOf(string name, IrType type) =>
        (name, type) switch
        {
            // -0 + x is x for every x, also for both zeros.
            ("arith.addf", FloatType f) => FloatAttr.Get(f, -0.0),
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
