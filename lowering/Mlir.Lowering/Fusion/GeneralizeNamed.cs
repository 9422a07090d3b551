using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Turns the named operations of <c>linalg</c> (fill, map, reduce, broadcast, transpose, dot, …) into <c>linalg.generic</c>.</summary>
/// <example><code>
/// linalg.transpose ins(%x : tensor&lt;?x?xf64>) outs(%e : tensor&lt;?x?xf64>) permutation = [1, 0]
/// →
/// linalg.generic {indexing_maps = [(d0, d1) -> (d1, d0), identity], …} ins(%x) outs(%e) { ^bb0(%in, %_): linalg.yield %in }
/// </code></example>
[Pass("linalg-generalize-named-ops")]
public sealed partial record GeneralizeNamed : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        foreach (var named in op.Walk().Where(IsNamed).ToList())
        {
            var generic = Generalize(named);
            for (var i = 0; i < named.Results.Count; i++)
            {
                generic.Results[i].NameHint = named.Results[i].NameHint;
                named.Results[i].ReplaceAllUsesWith(generic.Results[i]);
            }

            named.Erase();
        }
    }

    /// <summary>Brings the operations on memory, which have no results, into their generic form.</summary>
    internal static void OnMemory(FuncOp op)
    {
        foreach (var named in op.Walk().Where(o => IsNamed(o) && o.Results.Count == 0).ToList())
        {
            Generalize(named);
            named.Erase();
        }
    }

    /// <summary>Whether <paramref name="op"/> has a generic form that it is not in.</summary>
    internal static bool IsNamed(Operation op) => op is ILinalgOp and not GenericOp;

    /// <summary>The generic form of a named operation, inserted before it. Scalar inputs are used by the body as they are.</summary>
    internal static GenericOp Generalize(Operation op)
    {
        var named = (ILinalgOp)op;
        var operands = named.Inputs.ToArray();
        var maps = named.IndexingMapList;
        var arrays = Enumerable.Range(0, operands.Length).Where(i => operands[i].Type is ShapedType).ToArray();
        var emit = new Emitter(new OpBuilder(op), op.Location);
        return emit.Generic(
            [.. arrays.Select(i => operands[i])],
            named.Outputs.ToArray(),
            [.. arrays.Select(i => maps[i]), .. maps.Skip(operands.Length)],
            named.IteratorTypeList,
            (body, elements) =>
                body.InlineBody(
                    named.Body.Single,
                    [
                        .. operands.Select((o, i) => o.Type is ShapedType ? elements[Array.IndexOf(arrays, i)] : o),
                        .. elements.Skip(arrays.Length),
                    ]
                )
        );
    }
}
