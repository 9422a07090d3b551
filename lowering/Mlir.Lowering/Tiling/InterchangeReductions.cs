using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Moves the loop along which arrays lie in memory to the inside where a reduction stands there: columns are summed row by row, so that
/// memory is read in order and on vectors.
/// </summary>
/// <remarks>The choice depends on subscripts alone, and so does the order of each sum: see <see cref="ReductionOrder"/>.</remarks>
/// <example><code>
/// (j, k): y[j] += x[k] * b[k, j]   →   (k, j): y[j] += x[k] * b[k, j]
/// </code></example>
[Pass("interchange-reductions")]
public sealed partial record InterchangeReductions : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        foreach (var generic in op.Walk().OfType<GenericOp>().Where(g => g.Results.Count == 0).ToList())
        {
            if (InnerLoopFor(generic) is { } loop && Contraction.Find(generic) is null)
            {
                MoveInside(generic, loop);
            }
        }
    }

    /// <summary>The parallel loop that belongs inside; null when the loops stand well.</summary>
    private static int? InnerLoopFor(GenericOp op)
    {
        var kinds = op.IteratorKinds;
        if (kinds.Length < 2 || kinds[^1] != IteratorType.Reduction || op.Outputs.Count != 1)
        {
            return null;
        }

        var reduced = kinds.Length - 1;
        if (
            op.OutputMap(0).Results is not { Count: > 0 } results
            || results[results.Count - 1] is not AffineDimExpr { Position: var inner }
            || kinds[inner] != IteratorType.Parallel
        )
        {
            return null;
        }

        // Arrays of one dimension are short; those of more have to lie along the loop, and at least one must be read across now.
        var across = false;
        for (var i = 0; i < op.Inputs.Count; i++)
        {
            var map = op.MapOf(i);
            if (!map.IsProjectedPermutation)
            {
                return null;
            }

            if (map.Results.Count < 2 || !map.Results.Any(r => r.UsesDim(reduced)))
            {
                continue;
            }

            if (map.Results[map.Results.Count - 1] is not AffineDimExpr { Position: var last } || last != inner)
            {
                return null;
            }

            across = true;
        }

        return across ? inner : null;
    }

    private static void MoveInside(GenericOp op, int loop)
    {
        var kinds = op.IteratorKinds.ToList();
        var order = Enumerable.Range(0, kinds.Count).Where(d => d != loop).Append(loop).ToList();
        var position = AffineMap.Select(kinds.Count, Enumerable.Range(0, kinds.Count).Select(d => order.IndexOf(d)));
        op.SetAttribute(
            "indexing_maps",
            ArrayAttr.Get([
                .. Enumerable.Range(0, op.Operands.Count).Select(i => AffineMapAttr.Get(op.MapOf(i).Compose(position))),
            ])
        );
        op.SetAttribute("iterator_types", ArrayAttr.Get([.. order.Select(d => EnumAttr<IteratorType>.Get(kinds[d]))]));
        foreach (var index in op.Body.Single.Operations.SelectMany(o => o.Walk()).OfType<IndexOp>())
        {
            index.SetAttribute("dim", IntegerAttr.Get(IntegerType.I64, order.IndexOf((int)index.Dim)));
        }
    }
}
