using Mlir.Dialects.Arith;
using Mlir.Dialects.Math;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Tensors made of nothing but sizes and numbers.</summary>
internal static class Creations
{
    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("ARange", ARange);
        table.Add("Linspace", Linspace);
        table.Add("Full", c => Filled(c, c.Scalar("value")));
        table.Add("Zeros", c => Filled(c, Constant(c, 0)));
        table.Add("Ones", c => Filled(c, Constant(c, 1)));
        table.Add("FullLike", c => Like(c, c.Scalar("value")));
        table.Add("ZerosLike", c => Like(c, Constant(c, 0)));
        table.Add("OnesLike", c => Like(c, Constant(c, 1)));
        table.Add("Eye", Eye);
    }

    private static Operand.Elements Constant(ArrayCall call, double value) =>
        new(call.Arithmetic.Constant(AxisReductions.Number(call.ResultType, value)), call.ResultType);

    private static Operand.Elements Filled(ArrayCall call, Operand.Elements scalar)
    {
        call.RequireShapes();
        var sizes = call.Sizes("lengths");
        foreach (var size in sizes)
        {
            call.RequireSize(size);
        }

        return scalar with
        {
            Value = call.Emitter.Full(sizes, scalar.Value),
        };
    }

    private static Operand.Elements Like(ArrayCall call, Operand.Elements scalar) =>
        scalar with
        {
            Value = call.Arithmetic.Splat(scalar.Value, call.Elements("x").Value),
        };

    private static Operand.Elements Eye(ArrayCall call)
    {
        call.RequireShapes();
        var a = call.Arithmetic;
        var rows = call.Index(call.Has("size") ? "size" : "rows");
        var columns = call.Has("columns") ? call.Index("columns") : rows;
        call.RequireSize(rows);
        call.RequireSize(columns);
        var k = call.Has("k") ? call.Index("k") : a.Index(0);
        var (one, zero) = (Constant(call, 1), Constant(call, 0));
        return one with
        {
            Value = call.Emitter.Compute(
                [rows, columns],
                one.Type.IrType,
                (inner, at) =>
                    inner.Select(
                        inner.CompareIndex(CmpIPredicate.Eq, inner.SubtractIndex(at[1], at[0]), k),
                        one.Value,
                        zero.Value
                    )
            ),
        };
    }

    private static Operand.Elements ARange(ArrayCall call)
    {
        call.RequireShapes();
        var (a, type) = (call.Arithmetic, call.ResultType);
        var start = call.Has("start") ? call.Scalar("start") : Constant(call, 0);
        var stop = call.Scalar("stop");
        var step = call.Has("step") ? call.Scalar("step") : Constant(call, 1);
        var wide = ScalarType.TryGet(typeof(double))!;
        Value Double(Operand.Elements number) => a.Convert(number.Value, type, wide);
        var stride = Double(step);
        var count = a.Emit(
            new CeilOp(a.Location, a.Divide(a.Subtract(Double(stop), Double(start), wide), stride, wide))
        );
        a.Assert(
            a.And(
                a.Compare(ScalarComparison.NotEqual, stride, a.Float(0, stride), wide),
                a.Compare(ScalarComparison.Less, count, a.Float(9.2233720368547758E18, count), wide)
            ),
            "System.ArgumentException: The number of steps must be finite."
        );
        var length = a.MaxIndex(
            a.Emit(new IndexCastOp(a.Location, a.Convert(count, wide, ScalarType.Int64), IndexType.Instance)),
            a.Index(0)
        );
        return new Operand.Elements(
            call.Emitter.Compute(
                [length],
                type.IrType,
                (inner, at) =>
                    inner.Add(start.Value, inner.Multiply(Number(inner, at[0], type), step.Value, type), type)
            ),
            type
        );
    }

    private static Operand.Elements Linspace(ArrayCall call)
    {
        call.RequireShapes();
        var (a, type) = (call.Arithmetic, call.ResultType);
        var (start, stop) = (call.Scalar("start").Value, call.Scalar("stop").Value);
        var count = call.Index("count");
        call.RequireSize(count);
        var endpoint = call.Known("endpoint", true);
        var last = a.SubtractIndex(count, a.Index(1));
        var steps = a.MaxIndex(endpoint ? last : count, a.Index(1));
        var step = a.Divide(a.Subtract(stop, start, type), Number(a, steps, type), type);
        return new Operand.Elements(
            call.Emitter.Compute(
                [count],
                type.IrType,
                (inner, at) =>
                {
                    var number = inner.Add(start, inner.Multiply(Number(inner, at[0], type), step, type), type);
                    if (!endpoint)
                    {
                        return number;
                    }

                    // The end is met exactly.
                    var ends = inner.And(
                        inner.CompareIndex(CmpIPredicate.Eq, at[0], last),
                        inner.CompareIndex(CmpIPredicate.Sgt, at[0], inner.Index(0))
                    );
                    return inner.Select(ends, stop, number);
                }
            ),
            type
        );
    }

    private static Value Number(Arithmetic a, Value index, ScalarType type) =>
        a.Convert(a.Emit(new IndexCastOp(a.Location, index, IntegerType.I64)), ScalarType.Int64, type);
}
