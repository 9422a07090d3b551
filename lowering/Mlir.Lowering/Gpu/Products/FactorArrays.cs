using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Computes the elements of a product's factors once, into arrays: each tile would compute them again.</summary>
internal static class FactorArrays
{
    // sum += f(%a) · %b → %t = f(%a);  sum += %t · %b
    /// <summary>The product with factors that lie in arrays; <paramref name="op"/> itself where they do, or where it is no product of matrices.</summary>
    public static GenericOp Separate(GenericOp op)
    {
        if (MatrixProduct.FindContraction(op) is not { } contraction)
        {
            return op;
        }

        var emit = new Emitter(new OpBuilder(op), op.Location);
        var arrays = new Dictionary<int, (Value Array, Value Computed)>();
        foreach (var factor in (ReadOnlySpan<Value>)[contraction.Left, contraction.Right])
        {
            var value = ProductFactor.BeforeWidening(factor);
            var steps = contraction.StepsTo(value);
            var arguments = steps
                .SelectMany(s => s.Operands.ToArray())
                .OfType<BlockArgument>()
                .Where(a => ReferenceEquals(a.ParentBlock, op.BodyBlock))
                .Distinct()
                .ToList();
            if (arguments is [var argument])
            {
                arrays[argument.Index] = (Compute(emit, op.Operands[argument.Index], argument, steps, value), value);
            }
        }

        return arrays.Count == 0 ? op : Replace(emit, op, arrays);
    }

    private static Value Compute(Emitter emit, Value array, BlockArgument argument, List<Operation> steps, Value value)
    {
        var type = (MemRefType)array.Type;
        var open = Enumerable.Range(0, type.Rank).Where(type.IsDynamicDim).Select(d => emit.MemRefDim(array, d));
        var result = emit.Alloc(MemRefType.Get(type.Shape.Span, value.Type), [.. open]);
        var map = AffineMap.Identity(type.Rank);
        emit.Generic(
            [array],
            [result],
            [map, map],
            [.. Enumerable.Repeat(IteratorType.Parallel, type.Rank)],
            (inside, elements) =>
            {
                var mapping = new IrMapping();
                mapping[argument] = elements[0];
                foreach (var step in steps)
                {
                    inside.Clone(step, mapping);
                }

                return [mapping[value]];
            }
        );
        return result;
    }

    private static GenericOp Replace(Emitter emit, GenericOp op, Dictionary<int, (Value Array, Value Computed)> arrays)
    {
        var inputs = Enumerable
            .Range(0, op.Inputs.Count)
            .Select(i => arrays.TryGetValue(i, out var made) ? made.Array : op.Inputs[i]);
        var replaced = emit.Generic(
            [.. inputs],
            [.. op.Outputs],
            [.. Enumerable.Range(0, op.Operands.Count).Select(op.MapOf)],
            op.IteratorKinds,
            (inside, elements) =>
            {
                var mapping = new IrMapping();
                foreach (var argument in op.BodyBlock.Arguments)
                {
                    var value = arrays.TryGetValue(argument.Index, out var made) ? made.Computed : argument;
                    mapping[value] = elements[argument.Index];
                }

                Copy(inside, op.BodyBlock.Last!.Operands[0], mapping);
                return [mapping[op.BodyBlock.Last!.Operands[0]]];
            }
        );
        foreach (var (array, _) in arrays.Values)
        {
            emit.Dealloc(array);
        }

        op.Erase();
        return replaced;
    }

    /// <summary>Copies what computes <paramref name="value"/>, as far as it is not known.</summary>
    private static void Copy(Emitter emit, Value value, IrMapping mapping)
    {
        if (mapping.Contains(value) || value.Definer is not { } op)
        {
            return;
        }

        foreach (var operand in op.Operands)
        {
            Copy(emit, operand, mapping);
        }

        emit.Clone(op, mapping);
    }
}
