using Mlir.Arrays;
using Mlir.Dialects.Linalg;
using Mlir.Frontend.Emission;
using Mlir.Frontend.Expressions;
using Mlir.IR;

namespace Mlir.Frontend.Arrays;

/// <summary>Products of vectors, matrices and stacks of matrices, and sums of products in Einstein's notation.</summary>
internal static class MatrixProducts
{
    private const string Incompatible =
        "System.ArgumentException: The shapes of the tensors are not broadcast compatible.";

    /// <summary>Adds the family to the table.</summary>
    public static void AddTo(Dictionary<string, Func<ArrayCall, Operand>> table)
    {
        table.Add("MatMul", MatMul);
        table.Add("Einsum", Einsum);
        table.Add("Dot", Dot);
        table.Add("Outer", Outer);
    }

    private static Operand.Elements MatMul(ArrayCall call)
    {
        var (left, right) = (call.Tensor("left"), call.Tensor("right"));
        var (emitter, a) = (call.Emitter, call.Arithmetic);
        var (la, lb) = (ArrayEmitter.RankOf(left.Value), ArrayEmitter.RankOf(right.Value));
        emitter.RequireEqual(
            emitter.Size(left.Value, la - 1),
            emitter.Size(right.Value, Math.Max(lb - 2, 0)),
            "System.ArgumentException: The inner sizes of the matrices differ."
        );
        var type = call.ResultType;
        var zero = a.Constant(AxisReductions.Number(type, 0));
        Value[] operands = [left.Value, right.Value];
        if (Widens(left.Type, type) && Named(call, operands, zero) is { } named)
        {
            return new Operand.Elements(named, type);
        }

        // Loops: those of the stacks, then rows, columns, and the inner one.
        var batch = Math.Max(Math.Max(la, lb) - 2, 0);
        var (rows, columns) = (la > 1 ? 1 : 0, lb > 1 ? 1 : 0);
        var kept = batch + rows + columns;
        var sizes = new Value?[kept];
        AffineExpr[] Map(Value x, int rank)
        {
            var stack = Math.Max(rank - 2, 0);
            var results = new AffineExpr[rank];
            for (var d = 0; d < stack; d++)
            {
                var loop = batch - stack + d;
                var single = ArrayEmitter.TypeOf(x).Shape[d] == 1;
                results[d] = single ? AffineExpr.Constant(0) : AffineExpr.Dim(loop);
                if (single)
                {
                    continue;
                }

                if (sizes[loop] is { } known)
                {
                    emitter.RequireEqual(known, emitter.Size(x, d), Incompatible);
                }

                sizes[loop] ??= emitter.Size(x, d);
            }

            return results;
        }

        var (mapA, mapB) = (Map(left.Value, la), Map(right.Value, lb));
        for (var loop = 0; loop < batch; loop++)
        {
            sizes[loop] ??= a.Index(1);
        }

        mapA[la - 1] = AffineExpr.Dim(kept);
        mapB[Math.Max(lb - 2, 0)] = AffineExpr.Dim(kept);
        if (rows == 1)
        {
            mapA[la - 2] = AffineExpr.Dim(batch);
            sizes[batch] = emitter.Size(left.Value, la - 2);
        }

        if (columns == 1)
        {
            mapB[lb - 1] = AffineExpr.Dim(batch + rows);
            sizes[batch + rows] = emitter.Size(right.Value, lb - 1);
        }

        return new Operand.Elements(
            Contract(
                call,
                [left, right],
                [new AffineMap(kept + 1, 0, [.. mapA]), new AffineMap(kept + 1, 0, [.. mapB])],
                sizes!,
                1,
                type
            ),
            type
        );
    }

    /// <summary>The product as an operation of its own, where there is one for these ranks; vectors with vectors and stacks of one matrix have none.</summary>
    private static Value? Named(ArrayCall call, Value[] operands, Value zero)
    {
        var (a, emitter) = (call.Arithmetic, call.Emitter);
        Value Init(params (int Operand, int Axis)[] sizes) =>
            emitter.Full([.. sizes.Select(s => emitter.Size(operands[s.Operand], s.Axis))], zero);
        switch (ArrayEmitter.RankOf(operands[0]), ArrayEmitter.RankOf(operands[1]))
        {
            case (2, 2):
                return a.Emit(MatmulOp.Build(a.Location, operands, Init((0, 0), (1, 1))));
            case (2, 1):
                return a.Emit(MatvecOp.Build(a.Location, operands, Init((0, 0))));
            case (1, 2):
                return a.Emit(VecmatOp.Build(a.Location, operands, Init((1, 1))));
            case (3, 3) when ArrayEmitter.TypeOf(operands[0]).Shape[0] == ArrayEmitter.TypeOf(operands[1]).Shape[0]:
                emitter.RequireEqual(emitter.Size(operands[0], 0), emitter.Size(operands[1], 0), Incompatible);
                return a.Emit(BatchMatmulOp.Build(a.Location, operands, Init((0, 0), (0, 1), (1, 2))));
            default:
                return null;
        }
    }

    /// <summary>Whether the named operations, which extend signs, convert the elements as C# does.</summary>
    private static bool Widens(ScalarType from, ScalarType to) =>
        from == to || (from.Width < to.Width && ((from.IsFloat && to.IsFloat) || (from.IsSigned && to.IsInteger)));

    private static Operand.Elements Dot(ArrayCall call)
    {
        var (left, right) = (call.Tensor("left"), call.Tensor("right"));
        return Evaluate(
            call,
            EinsumEquation.Dot(ArrayEmitter.RankOf(left.Value), ArrayEmitter.RankOf(right.Value)),
            [left, right]
        );
    }

    private static Operand.Elements Outer(ArrayCall call)
    {
        var (left, right) = (call.Tensor("left"), call.Tensor("right"));
        return Evaluate(
            call,
            EinsumEquation.Outer,
            [
                left with
                {
                    Value = Shapings.Flatten(call, left.Value),
                },
                right with
                {
                    Value = Shapings.Flatten(call, right.Value),
                },
            ]
        );
    }

    private static Operand.Elements Einsum(ArrayCall call)
    {
        string[] names = [.. new[] { "x", "y", "z" }.Where(call.Has)];
        var operands = names.Select(call.Tensor).ToArray();
        var ranks = operands.Select(o => ArrayEmitter.RankOf(o.Value)).ToArray();
        var equation = call.Checked(() => EinsumEquation.Parse(call.Known<string>("equation"), ranks));
        return Evaluate(call, equation, operands);
    }

    private static Operand.Elements Evaluate(ArrayCall call, EinsumEquation equation, Operand.Elements[] operands)
    {
        var letters = equation.Letters;
        var (emitter, type) = (call.Emitter, operands[0].Type);
        var sizes = new Value?[letters.Length];
        for (var i = 0; i < operands.Length; i++)
        {
            for (var d = 0; d < equation.Operands[i].Length; d++)
            {
                ref var size = ref sizes[letters.IndexOf(equation.Operands[i][d], StringComparison.Ordinal)];
                var own = emitter.Size(operands[i].Value, d);
                if (size is not null)
                {
                    emitter.RequireEqual(
                        size,
                        own,
                        $"System.ArgumentException: The axes '{equation.Operands[i][d]}' have different sizes."
                    );
                }

                size ??= own;
            }
        }

        var kept = equation.Result.Length;
        if (IsMatrixProduct(equation))
        {
            var zero = call.Arithmetic.Constant(AxisReductions.Number(type, 0));
            var init = emitter.Full([sizes[0]!, sizes[1]!], zero);
            var location = call.Arithmetic.Location;
            return new Operand.Elements(
                call.Arithmetic.Emit(MatmulOp.Build(location, [.. operands.Select(o => o.Value)], init)),
                type
            );
        }

        var value = Contract(
            call,
            operands,
            equation.Operands.Select(o =>
                AffineMap.Select(letters.Length, o.Select(c => letters.IndexOf(c, StringComparison.Ordinal)))
            ),
            [.. sizes[..kept]!],
            letters.Length - kept,
            type
        );
        return new Operand.Elements(value, type);
    }

    private static bool IsMatrixProduct(EinsumEquation equation) =>
        equation is { Operands: [[var i, var j], [var k, var l]], Result: [var m, var n] }
        && i == m
        && j == k
        && l == n
        && i != j
        && j != l;

    /// <summary>Multiplies and adds up over the last loops.</summary>
    private static Value Contract(
        ArrayCall call,
        Operand.Elements[] operands,
        IEnumerable<AffineMap> maps,
        Value[] sizes,
        int summed,
        ScalarType type
    )
    {
        var (emitter, kept) = (call.Emitter, sizes.Length);
        var init = emitter.Full(sizes, call.Arithmetic.Constant(AxisReductions.Number(type, 0)));
        var result = emitter.Generic(
            [.. operands.Select(o => o.Value)],
            [init],
            [.. maps, AffineMap.Select(kept + summed, Enumerable.Range(0, kept))],
            [.. Enumerable.Repeat(IteratorType.Parallel, kept), .. Enumerable.Repeat(IteratorType.Reduction, summed)],
            (inner, elements) =>
            {
                var product = inner.Convert(elements[0], operands[0].Type, type);
                for (var i = 1; i < operands.Length; i++)
                {
                    product = inner.Multiply(product, inner.Convert(elements[i], operands[i].Type, type), type);
                }

                return [summed == 0 ? product : inner.Add(elements[^1], product, type)];
            }
        )[0];
        return kept > 0 ? result : emitter.View(result, new AffineMap(1, 0, []), [call.Arithmetic.Index(1)]);
    }
}
