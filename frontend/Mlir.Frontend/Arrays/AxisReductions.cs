using Mlir.Dialects.Arith;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Math;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Reductions along axes.</summary>
internal static class AxisReductions
{
    private const string EmptyAxis = "System.ArgumentException: The tensor must not be empty along the axis.";

    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Sum", c => Apply(c, (x, axes) => Sum(c, x, axes)));
        table.Add("Product", c => Apply(c, (x, axes) => Reduce(c, x, axes, 1, (a, p, q) => a.Multiply(p, q, x.Type))));
        table.Add("Min", c => Apply(c, (x, axes) => Lowest(c, x, axes)));
        table.Add("Max", c => Apply(c, (x, axes) => Highest(c, x, axes)));
        table.Add("Any", c => Apply(c, (x, axes) => Reduce(c, x, axes, 0, (a, p, q) => a.Or(p, q))));
        table.Add("All", c => Apply(c, (x, axes) => Reduce(c, x, axes, 1, (a, p, q) => a.And(p, q))));
        table.Add("Mean", c => Apply(c, (x, axes) => Mean(c, x, axes)));
        table.Add("Var", c => Apply(c, (x, axes) => Variance(c, x, axes)));
        table.Add("Std", c => Apply(c, (x, axes) => Root(c, Variance(c, x, axes))));
        table.Add("Norm", c => Apply(c, (x, axes) => Root(c, SumOfSquares(c, x, axes))));
        table.Add("LogSumExp", c => Apply(c, (x, axes) => LogSumExp(c, x, axes)));
        table.Add("ArgMin", c => ArgExtreme(c, ScalarComparison.Less));
        table.Add("ArgMax", c => ArgExtreme(c, ScalarComparison.Greater));
    }

    /// <summary>The sum along the marked axes, which disappear.</summary>
    public static Value Sum(ArrayCall call, Operand.Elements x, bool[] axes) =>
        Reduce(call, x, axes, 0, (a, p, q) => a.Add(p, q, x.Type));

    /// <summary>The largest element along the marked axes, which disappear; for none the lowest value of the type.</summary>
    public static Value HighestOrNone(ArrayCall call, Operand.Elements x, bool[] axes) =>
        call.Emitter.Reduce(
            x.Value,
            axes,
            Limit(x.Type, double.NegativeInfinity, x.Type.MinValue),
            (a, p, q) => a.Max(p, q, x.Type)
        );

    /// <summary>The mean along the marked axes, which disappear.</summary>
    public static Value Mean(ArrayCall call, Operand.Elements x, bool[] axes) =>
        Over(call, Sum(call, x, axes), call.Emitter.CountOf(x.Value, axes), x.Type);

    /// <summary>Brings what was reduced back to the shape of <paramref name="like"/>.</summary>
    public static Value Spread(ArrayCall call, Value reduced, bool[] axes, Value like) =>
        call.Emitter.View(
            reduced,
            AffineMap.Select(axes.Length, Enumerable.Range(0, axes.Length).Where(d => !axes[d])),
            call.Emitter.Sizes(like)
        );

    /// <summary>A number of type <paramref name="type"/>.</summary>
    public static TypedAttr Number(ScalarType type, double value) =>
        type.IsFloat ? FloatAttr.Get((FloatType)type.IrType, value) : IntegerAttr.Get(type.IrType, (Int128)value);

    private static Operand.Elements Apply(ArrayCall call, Func<Operand.Elements, bool[], Value> reduce)
    {
        var x = call.Tensor("x");
        var axes = call.Axes(ArrayEmitter.RankOf(x.Value));
        return x with { Value = call.Emitter.Shaped(reduce(x, axes), axes, call.Known("keepDims", false)) };
    }

    private static Value Reduce(
        ArrayCall call,
        Operand.Elements x,
        bool[] axes,
        double initial,
        Func<Arithmetic, Value, Value, Value> combine
    ) => call.Emitter.Reduce(x.Value, axes, Number(x.Type, initial), combine);

    private static Value Highest(ArrayCall call, Operand.Elements x, bool[] axes)
    {
        RequireElements(call, x, axes);
        return HighestOrNone(call, x, axes);
    }

    private static Value Lowest(ArrayCall call, Operand.Elements x, bool[] axes)
    {
        RequireElements(call, x, axes);
        return call.Emitter.Reduce(
            x.Value,
            axes,
            Limit(x.Type, double.PositiveInfinity, x.Type.MaxValue),
            (a, p, q) => a.Min(p, q, x.Type)
        );
    }

    private static TypedAttr Limit(ScalarType type, double floating, Int128 integer) =>
        type.IsFloat ? FloatAttr.Get((FloatType)type.IrType, floating) : IntegerAttr.Get(type.IrType, integer);

    /// <summary>There is an element for each result: the reduced axes are not empty, or there are no results.</summary>
    private static void RequireElements(ArrayCall call, Operand.Elements x, bool[] axes)
    {
        var a = call.Arithmetic;
        var zero = a.Index(0);
        var reduced = a.CompareIndex(CmpIPredicate.Ne, call.Emitter.CountOf(x.Value, axes), zero);
        var kept = a.CompareIndex(CmpIPredicate.Eq, call.Emitter.CountOf(x.Value, [.. axes.Select(m => !m)]), zero);
        a.Assert(a.Or(reduced, kept), EmptyAxis);
    }

    private static Value Over(ArrayCall call, Value sum, Value count, ScalarType type)
    {
        var a = call.Arithmetic;
        var wide = a.Emit(new IndexCastOp(a.Location, count, IntegerType.I64));
        return a.Divide(sum, a.Splat(a.Convert(wide, ScalarType.Int64, type), sum), type);
    }

    private static Value SumOfSquares(ArrayCall call, Operand.Elements x, bool[] axes) =>
        Sum(call, x with { Value = call.Arithmetic.Multiply(x.Value, x.Value, x.Type) }, axes);

    private static Value Variance(ArrayCall call, Operand.Elements x, bool[] axes)
    {
        var a = call.Arithmetic;
        var mean = Spread(call, Mean(call, x, axes), axes, x.Value);
        var squares = SumOfSquares(call, x with { Value = a.Subtract(x.Value, mean, x.Type) }, axes);
        var free = a.SubtractIndex(call.Emitter.CountOf(x.Value, axes), a.Index(call.Known("ddof", 0)));
        return Over(call, squares, a.MaxIndex(free, a.Index(0)), x.Type);
    }

    private static Value Root(ArrayCall call, Value x) => call.Arithmetic.Emit(new SqrtOp(call.Arithmetic.Location, x));

    private static Value LogSumExp(ArrayCall call, Operand.Elements x, bool[] axes)
    {
        var a = call.Arithmetic;
        var max = Highest(call, x, axes);

        // Of infinities the difference would be NaN.
        var shift = a.Select(a.IsFinite(max), max, a.Float(0, max));
        var exp = a.Emit(new ExpOp(a.Location, a.Subtract(x.Value, Spread(call, shift, axes, x.Value), x.Type)));
        var sum = Sum(call, x with { Value = exp }, axes);
        return a.Add(shift, a.Emit(new LogOp(a.Location, sum)), x.Type);
    }

    /// <summary>The best element and its place are carried along the axis together; an element takes over only where it is better.</summary>
    private static Operand.Elements ArgExtreme(ArrayCall call, ScalarComparison better)
    {
        var x = call.Tensor("x");
        var rank = ArrayEmitter.RankOf(x.Value);
        var axes = call.Axes(rank);
        RequireElements(call, x, axes);
        var (a, emitter) = (call.Arithmetic, call.Emitter);
        var axis = Array.IndexOf(axes, true);
        var kept = Enumerable.Range(0, rank).Where(d => d != axis).ToArray();
        Value[] sizes = [.. kept.Select(d => emitter.Size(x.Value, d))];
        var worst =
            better == ScalarComparison.Greater
                ? Limit(x.Type, double.NegativeInfinity, x.Type.MinValue)
                : Limit(x.Type, double.PositiveInfinity, x.Type.MaxValue);
        var found = emitter.Generic(
            [x.Value],
            [
                emitter.Full(sizes, a.Constant(worst)),
                emitter.Full(sizes, a.Constant(IntegerAttr.Get(IntegerType.I64, 0))),
            ],
            [AffineMap.Identity(rank), AffineMap.Select(rank, kept), AffineMap.Select(rank, kept)],
            axes.Select(m => m ? IteratorType.Reduction : IteratorType.Parallel),
            (inner, elements) =>
            {
                var (element, best, place) = (elements[0], elements[1], elements[2]);
                var takes = inner.Compare(better, element, best, x.Type);
                if (x.Type.IsFloat)
                {
                    takes = inner.Or(takes, inner.And(inner.IsNaN(element), inner.Not(inner.IsNaN(best))));
                }

                var index = inner.Emit(new IndexOp(inner.Location, axis));
                var here = inner.Emit(new IndexCastOp(inner.Location, index, IntegerType.I64));
                return [inner.Select(takes, element, best), inner.Select(takes, here, place)];
            }
        );
        return new Operand.Elements(emitter.Shaped(found[1], axes, call.Known("keepDims", false)), ScalarType.Int64);
    }
}
