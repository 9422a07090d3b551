using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Walks dense arrays of any rank in one loop: an elementwise operation whose arrays all lie row after row does not need to know of rows.
/// </summary>
/// <example><code>
/// generic {(d0, d1) -> (d0, d1), …} ins(%x : memref&lt;?x?xf64>) outs(%y : memref&lt;?x?xf64>)
/// →
/// %p = memref.collapse_shape %x [[0, 1]]; %q = memref.collapse_shape %y [[0, 1]]
/// generic {(d0) -> (d0), …} ins(%p : memref&lt;?xf64>) outs(%q : memref&lt;?xf64>)
/// </code></example>
[Pass("collapse-loops")]
public sealed partial record CollapseLoops : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        foreach (var generic in op.Walk().OfType<GenericOp>().Where(CanCollapse).ToList())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Collapse(generic);
        }
    }

    private static bool CanCollapse(GenericOp op) =>
        op.Results.Count == 0
        && op.IteratorTypes.Items.Count > 1
        && op.IteratorKinds.All(k => k == IteratorType.Parallel)
        && Enumerable
            .Range(0, op.Operands.Count)
            .All(i => op.Operands[i].Type is not MemRefType type || (type.Layout is null && op.MapOf(i).IsIdentity))
        && !op.BodyBlock.Operations.SelectMany(o => o.Walk()).Any(o => o is IndexOp);

    private static void Collapse(GenericOp op)
    {
        var emit = new Emitter(new OpBuilder(op), op.Location);
        var flat = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
        var operands = op.Operands.ToArray();
        for (var i = 0; i < operands.Length; i++)
        {
            if (operands[i].Type is MemRefType)
            {
                if (!flat.TryGetValue(operands[i], out var row))
                {
                    flat[operands[i]] = row = emit.Flatten(operands[i]);
                }

                operands[i] = row;
            }
        }

        var maps = operands.Select(o => o.Type is MemRefType ? AffineMap.Identity(1) : new AffineMap(1, 0, []));
        var made = emit.Insert(
            new GenericOp(
                op.Location,
                operands.AsSpan(0, op.Inputs.Count),
                operands.AsSpan(op.Inputs.Count),
                ArrayAttr.Get([.. maps.Select(AffineMapAttr.Get)]),
                ArrayAttr.Get([EnumAttr<IteratorType>.Get(IteratorType.Parallel)]),
                []
            )
        );
        made.Discardable = op.Discardable;
        made.Body.TakeBlocks(op.Body);
        op.Body.AddBlock();
        op.Erase();
    }
}
