using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Turns elementwise operations on tensors into <c>linalg.generic</c>. Splats and scalar constants are not arrays: the body uses
/// the scalar itself.
/// </summary>
/// <example><code>
/// %r = arith.addf %a, %b : tensor&lt;?xf64>
/// →
/// %r = linalg.generic {…identity maps, parallel…} ins(%a, %b) outs(%empty) { ^bb0(%x, %y, %_): yield (arith.addf %x, %y) }
/// </code></example>
[Pass("elementwise-to-linalg")]
public sealed partial record ElementwiseToLinalg : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        foreach (var inner in op.Walk().Where(IsCandidate).ToList())
        {
            Convert(inner);
        }

        // What only the converted operations used.
        foreach (var inner in op.Walk().Where(o => o is SplatOp or IConstantLike).ToList())
        {
            if (SideEffects.IsTriviallyDead(inner))
            {
                inner.Erase();
            }
        }
    }

    private static bool IsCandidate(Operation op) =>
        op is IElementwise
        && op.Regions.Count == 0
        && op.Results.Count > 0
        && op.Results[0].Type is RankedTensorType
        && op.ParentOp is not GenericOp;

    /// <summary>Puts a <c>linalg.generic</c> in the place of <paramref name="op"/>, or a splat where all operands are.</summary>
    internal static void Convert(Operation op)
    {
        var emit = new Emitter(new OpBuilder(op), op.Location);
        var inputs = new List<Value>();
        var scalars = new Value?[op.Operands.Count];
        for (var i = 0; i < scalars.Length; i++)
        {
            var operand = op.Operands[i];
            scalars[i] =
                operand.Type is not RankedTensorType ? operand
                : operand.Definer is SplatOp splat ? splat.Input
                : operand.ConstAttr is DenseElementsAttr { SplatValue: { } value } ? emit.Constant(value)
                : null;
            if (scalars[i] is null && !inputs.Contains(operand))
            {
                inputs.Add(operand);
            }
        }

        var types = op.Results.Select(r => (RankedTensorType)r.Type).ToArray();
        if (inputs.Count == 0)
        {
            // All operands are one scalar everywhere: so is the result.
            var scalar = emit.Insert(ElementwiseCloner.Clone(op, scalars!, ElementwiseCloner.Scalar));
            var sizes = Shapes.DynamicSizes(emit, op.Results[0]);
            for (var i = 0; i < types.Length; i++)
            {
                op.Results[i].ReplaceAllUsesWith(emit.Splat(scalar.Results[i], sizes, types[i]));
            }

            op.Erase();
            return;
        }

        var dims = Shapes.DynamicSizes(emit, inputs[0]);
        var rank = types[0].Rank;
        var identity = AffineMap.Identity(rank);
        var generic = emit.Generic(
            inputs,
            [.. types.Select(t => emit.Empty(dims, t))],
            [.. Enumerable.Repeat(identity, inputs.Count + types.Length)],
            [.. Enumerable.Repeat(IteratorType.Parallel, rank)],
            (body, arguments) => ElementwiseBody(op, scalars, inputs, body, arguments)
        );
        for (var i = 0; i < types.Length; i++)
        {
            generic.Results[i].NameHint = op.Results[i].NameHint;
        }

        op.ReplaceAllUsesWith([.. generic.Results]);
        op.Erase();
    }

    private static IEnumerable<Value> ElementwiseBody(
        Operation op,
        Value?[] scalars,
        List<Value> inputs,
        Emitter body,
        IReadOnlyList<Value> arguments
    )
    {
        var operands = scalars.Select((s, i) => s ?? arguments[inputs.IndexOf(op.Operands[i])]);
        return body.Insert(ElementwiseCloner.Clone(op, operands, ElementwiseCloner.Scalar)).Results;
    }
}
