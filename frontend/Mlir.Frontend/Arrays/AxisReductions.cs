using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Reductions along axes.</summary>
internal static class AxisReductions
{
    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Sum", c => Reduce(c, 0, (a, t, x, y) => a.Add(x, y, t)));
    }

    private static Operand.Elements Reduce(
        ArrayCall call,
        double initial,
        Func<Arithmetic, ScalarType, Value, Value, Value> combine
    )
    {
        var x = call.Tensor("x");
        var marked = call.Axes(ArrayEmitter.RankOf(x.Value));
        var reduced = call.Emitter.Reduce(
            x.Value,
            marked,
            Number(x.Type, initial),
            (a, p, q) => combine(a, x.Type, p, q)
        );
        return x with { Value = call.Emitter.Shaped(reduced, marked, call.Known("keepDims", false)) };
    }

    private static TypedAttr Number(ScalarType type, double value) =>
        type.IsFloat ? FloatAttr.Get((FloatType)type.IrType, value) : IntegerAttr.Get(type.IrType, (Int128)value);
}
