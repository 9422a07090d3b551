using Mlir.Dialects.Math;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Functions that networks put between their layers.</summary>
internal static class ActivationFunctions
{
    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Softmax", c => Softmax(c, logarithm: false));
        table.Add("LogSoftmax", c => Softmax(c, logarithm: true));
        table.Add("LayerNorm", LayerNorm);
        table.Add("Clip", Clip);
        table.Add("Sigmoid", c => Named(c, "Sigmoid"));
        table.Add("Relu", c => Each(c, (a, x, t) => a.Max(x, Zero(a, x, t), t)));
        table.Add("Gelu", c => Each(c, Gelu));
        table.Add("Softplus", c => Each(c, Softplus));
        table.Add("Erf", c => Each(c, (a, x, _) => a.Emit(new ErfOp(a.Location, x))));
    }

    private static Operand.Elements Each(ArrayCall call, Func<Arithmetic, Value, ScalarType, Value> function)
    {
        var x = call.Elements("x");
        return x with { Value = function(call.Arithmetic, x.Value, x.Type) };
    }

    private static Operand.Elements Named(ArrayCall call, string function) =>
        Each(call, (a, x, t) => ScalarFunctions.Find(function, 1)!.Emit(a, [x], t));

    private static Value Zero(Arithmetic a, Value like, ScalarType type) =>
        type.IsFloat ? a.Float(0, like) : a.Int(0, like);

    private static Operand.Elements Clip(ArrayCall call)
    {
        var (x, a) = (call.Elements("x"), call.Arithmetic);
        var (low, high) = (a.Splat(call.Scalar("low").Value, x.Value), a.Splat(call.Scalar("high").Value, x.Value));
        return x with { Value = a.Min(a.Max(x.Value, low, x.Type), high, x.Type) };
    }

    private static Value Gelu(Arithmetic a, Value x, ScalarType type)
    {
        var erf = a.Emit(new ErfOp(a.Location, a.Multiply(x, a.Float(Math.Sqrt(0.5), x), type)));
        return a.Multiply(a.Multiply(a.Float(0.5, x), x, type), a.Add(a.Float(1, x), erf, type), type);
    }

    private static Value Softplus(Arithmetic a, Value x, ScalarType type)
    {
        var exp = a.Emit(new ExpOp(a.Location, a.Negate(a.Abs(x, type), type)));
        return a.Add(a.Max(x, a.Float(0, x), type), a.Emit(new Log1pOp(a.Location, exp)), type);
    }

    private static Operand.Elements Softmax(ArrayCall call, bool logarithm)
    {
        var (x, a) = (call.Tensor("x"), call.Arithmetic);
        var axes = call.Axes(ArrayEmitter.RankOf(x.Value));
        var max = AxisReductions.Spread(call, AxisReductions.HighestOrNone(call, x, axes), axes, x.Value);
        var shifted = a.Subtract(x.Value, max, x.Type);
        var exp = a.Emit(new ExpOp(a.Location, shifted));
        var sum = AxisReductions.Sum(call, x with { Value = exp }, axes);
        if (logarithm)
        {
            sum = a.Emit(new LogOp(a.Location, sum));
        }

        var divisor = AxisReductions.Spread(call, sum, axes, x.Value);
        return x with { Value = logarithm ? a.Subtract(shifted, divisor, x.Type) : a.Divide(exp, divisor, x.Type) };
    }

    private static Operand.Elements LayerNorm(ArrayCall call)
    {
        var (x, a) = (call.Tensor("x"), call.Arithmetic);
        var axes = new bool[ArrayEmitter.RankOf(x.Value)];
        axes[^1] = true;
        var mean = AxisReductions.Spread(call, AxisReductions.Mean(call, x, axes), axes, x.Value);
        var centred = a.Subtract(x.Value, mean, x.Type);
        var variance = AxisReductions.Mean(call, x with { Value = a.Multiply(centred, centred, x.Type) }, axes);
        var epsilon = a.Splat(call.Scalar("epsilon").Value, variance);
        var deviation = a.Emit(new SqrtOp(a.Location, a.Add(variance, epsilon, x.Type)));
        var result = a.Divide(centred, AxisReductions.Spread(call, deviation, axes, x.Value), x.Type);
        if (call.Has("scale"))
        {
            var scaled = call.Elementwise.Broadcast(result, call.Tensor("scale").Value);
            var shifted = call.Elementwise.Broadcast(
                a.Multiply(scaled[0], scaled[1], x.Type),
                call.Tensor("shift").Value
            );
            result = a.Add(shifted[0], shifted[1], x.Type);
        }

        return x with
        {
            Value = result,
        };
    }
}
