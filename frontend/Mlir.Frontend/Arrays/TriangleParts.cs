using Mlir.Dialects.Arith;
using Mlir.Dialects.Scf;
using Mlir.Dialects.Tensor;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Diagonals and triangles of matrices.</summary>
internal static class TriangleParts
{
    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("Diag", Diag);
        table.Add("Tril", c => Keep(c, CmpIPredicate.Sle));
        table.Add("Triu", c => Keep(c, CmpIPredicate.Sge));
    }

    private static Operand.Elements Keep(ArrayCall call, CmpIPredicate where)
    {
        var x = call.Tensor("x");
        var rank = ArrayEmitter.RankOf(x.Value);
        if (rank < 2)
        {
            throw call.Unsupported("a triangle needs a matrix");
        }

        var k = call.Index("k");
        var zero = call.Arithmetic.Constant(AxisReductions.Number(x.Type, 0));
        return x with
        {
            Value = call.Emitter.Map(
                [x.Value],
                [AffineMap.Identity(rank)],
                call.Emitter.Sizes(x.Value),
                x.Type.IrType,
                (inner, elements) =>
                {
                    var at = ArrayEmitter.Subscripts(inner, rank);
                    var keep = inner.CompareIndex(where, inner.SubtractIndex(at[^1], at[^2]), k);
                    return inner.Select(keep, elements[0], zero);
                }
            ),
        };
    }

    private static Operand.Elements Diag(ArrayCall call)
    {
        var x = call.Tensor("x");
        var (a, emitter, source) = (call.Arithmetic, call.Emitter, x.Value);
        var k = call.Index("k");
        var right = a.MaxIndex(k, a.Index(0));
        var down = a.SubtractIndex(right, k);
        switch (ArrayEmitter.RankOf(source))
        {
            case 2:
                var rows = a.SubtractIndex(emitter.Size(source, 0), down);
                var columns = a.SubtractIndex(emitter.Size(source, 1), right);
                var count = a.MaxIndex(a.MinIndex(rows, columns), a.Index(0));
                return x with
                {
                    Value = emitter.Gather(
                        source,
                        [count],
                        (inner, at) => [inner.AddIndex(at[0], down), inner.AddIndex(at[0], right)]
                    ),
                };
            case 1:
                var length = emitter.Size(source, 0);
                var size = a.AddIndex(length, a.AddIndex(down, right));
                var zero = a.Constant(AxisReductions.Number(x.Type, 0));
                return x with
                {
                    Value = emitter.Compute(
                        [size, size],
                        x.Type.IrType,
                        (inner, at) =>
                        {
                            var on = inner.CompareIndex(CmpIPredicate.Eq, inner.SubtractIndex(at[1], at[0]), k);
                            return IfInside(
                                inner,
                                on,
                                x.Type.IrType,
                                i => i.Emit(new ExtractOp(i.Location, source, [i.SubtractIndex(at[0], down)])),
                                zero
                            );
                        }
                    ),
                };
            default:
                throw call.Unsupported("a diagonal needs a vector or a matrix");
        }
    }

    /// <summary>Computes a value only where a condition holds.</summary>
    public static Value IfInside(
        Arithmetic a,
        Value condition,
        IrType type,
        Func<Arithmetic, Value> inside,
        Value otherwise
    )
    {
        var choice = new IfOp(a.Location, condition, [type]);
        var builder = new OpBuilder(choice.ThenRegion.AddBlock());
        builder.Insert(new Dialects.Scf.YieldOp(a.Location, [inside(new Arithmetic(builder, a.Location))]));
        new OpBuilder(choice.ElseRegion.AddBlock()).Insert(new Dialects.Scf.YieldOp(a.Location, [otherwise]));
        return a.Emit(choice);
    }
}
