using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// What computing and what remembering costs, in one unit: a simple operation (an addition, a comparison) on one element.
/// </summary>
/// <remarks>
/// A temporary array costs one unit for two bytes that it moves: a core that adds eight doubles a cycle waits about half an addition's time for
/// each byte that comes from the last-level cache, several times as long for one from memory, and next to nothing for one from its own cache. The
/// sizes are not known when code is generated, so the middle one is taken. A computation is repeated for another reader when that costs less
/// than the write and the read that it saves.
/// </remarks>
internal static class CostModel
{
    private const double UnitsPerByte = 0.5;

    /// <summary>What one element costs to compute.</summary>
    public static int OfElement(GenericOp op) =>
        op.BodyBlock.Operations.Where(o => o is not ITerminator).SelectMany(o => o.Walk()).Sum(OfOperation);

    /// <summary>What one operation costs.</summary>
    public static int OfOperation(Operation op) =>
        op.Name switch
        {
            "arith.constant" or "linalg.index" or "linalg.yield" or "scf.yield" => 0,
            "arith.divf" or "arith.remf" or "math.sqrt" or "math.rsqrt" or "math.cbrt" => 6,
            "arith.divsi" or "arith.divui" or "arith.remsi" or "arith.remui" => 12,
            "math.absf"
            or "math.absi"
            or "math.fma"
            or "math.copysign"
            or "math.floor"
            or "math.ceil"
            or "math.trunc"
            or "math.round"
            or "math.roundeven" => 1,
            "math.powf" or "math.fpowi" => 60,
            "tensor.extract" or "memref.load" => 8,
            _ => op.Definition.Dialect == "math" ? 20 : 1,
        };

    /// <summary>
    /// Whether computing <paramref name="producer"/> once more is cheaper than an array of its elements: than writing it, and reading it
    /// instead of what it is computed from.
    /// </summary>
    /// <param name="producer">What is computed.</param>
    /// <param name="most">The most units that are ever repeated.</param>
    public static bool RecomputingPays(GenericOp producer, int most)
    {
        var cost = OfElement(producer);
        var moved = producer.Results.Sum(r => 2 * ElementBytes(r.Type));
        return cost <= most || cost <= moved * UnitsPerByte;
    }

    /// <summary>The size of an element in bytes; 8 where that is open.</summary>
    public static long ElementBytes(IrType type) =>
        ElementwiseCloner.Scalar(type) is IntegerType or FloatType
            ? DenseElementsAttr.ElementSize(ElementwiseCloner.Scalar(type))
            : 8;
}
