using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.Tensor;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>
/// Computes only the elements that a slice shows: an elementwise operation is applied to slices of what it reads instead. Its array then
/// never exists, and what reads the slice can take the operation in.
/// </summary>
/// <param name="MaxRecompute">The most cost of an element that is computed once more for another slice.</param>
/// <example><code>
/// %t = generic ins(%x) { yield %x * 2 };  %s = tensor.extract_slice %t[1] [%n] [1]
/// →
/// %p = tensor.extract_slice %x[1] [%n] [1];  %s = generic ins(%p) { yield %p * 2 }
/// </code></example>
[Pass("fuse-slices")]
public sealed partial record FuseSlices(int MaxRecompute = 8) : Pass<FuncOp>
{
    /// <inheritdoc/>
    protected override void Run(FuncOp op, PassContext context)
    {
        var pending = new Stack<ExtractSliceOp>(op.Walk().OfType<ExtractSliceOp>());
        while (pending.TryPop(out var slice))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (slice.Source is OpResult { Owner: GenericOp { Results.Count: 1 } producer } && CanSlice(producer))
            {
                foreach (var inner in Slice(slice, producer))
                {
                    pending.Push(inner);
                }
            }
        }
    }

    private bool CanSlice(GenericOp producer) =>
        producer.IteratorKinds.All(k => k == IteratorType.Parallel)
        && producer.OutputElement(0).IsUnused
        && producer.OutputMap(0).IsPermutation
        && Enumerable
            .Range(0, producer.Inputs.Count)
            .All(i =>
                producer.Inputs[i].Type is not ShapedType
                || producer.MapOf(i).Results.All(e => e is AffineDimExpr or AffineConstantExpr)
            )
        && !producer.BodyBlock.Operations.SelectMany(o => o.Walk()).Any(o => o is IndexOp)
        && SideEffects.IsPure(producer)
        && (producer.Results[0].HasOneUse || CostModel.RecomputingPays(producer, MaxRecompute));

    private static List<ExtractSliceOp> Slice(ExtractSliceOp slice, GenericOp producer)
    {
        var emit = new Emitter(new OpBuilder(slice), producer.Location);
        var output = producer.OutputMap(0);
        var rank = output.DimCount;
        var resultType = (RankedTensorType)slice.Result.Type;
        var kept = SliceFacts.KeptDims(slice, resultType);

        // For each loop the dimension of the producer's result that it runs over, and its number among the loops that are left.
        var dims = new int[rank];
        for (var k = 0; k < rank; k++)
        {
            dims[((AffineDimExpr)output.Results[k]).Position] = k;
        }

        var left = Enumerable.Range(0, rank).Where(l => kept.Contains(dims[l])).ToArray();
        var made = new List<ExtractSliceOp>();
        var inputs = new List<Value>();
        var maps = new List<AffineMap>();
        for (var i = 0; i < producer.Inputs.Count; i++)
        {
            var (input, map) = (producer.Inputs[i], producer.MapOf(i));
            if (input.Type is RankedTensorType type && map.Results.Count > 0)
            {
                var part = SliceFacts.Slice(
                    emit,
                    input,
                    [
                        .. map.Results.Select(e =>
                            e is AffineDimExpr dim ? SliceFacts.DimOf(slice, dims[dim.Position]) : null
                        ),
                    ],
                    [.. map.Results.Select(e => e is AffineDimExpr dim && !left.Contains(dim.Position))]
                );
                made.Add((ExtractSliceOp)part.Definer!);
                inputs.Add(part);
            }
            else
            {
                inputs.Add(input);
            }

            maps.Add(Renumber(map, left));
        }

        var init = emit.Empty(slice.Sizes.ToArray(), resultType);
        var sliced = emit.Generic(
            inputs,
            [init],
            [.. maps, Renumber(output, left)],
            [.. left.Select(_ => IteratorType.Parallel)],
            (body, elements) => body.InlineBody(producer.BodyBlock, elements)
        );
        sliced.Results[0].NameHint = slice.Result.NameHint;
        slice.Result.ReplaceAllUsesWith(sliced.Results[0]);
        slice.Erase();
        if (producer.Results[0].IsUnused)
        {
            producer.Erase();
        }

        return made;
    }

    private static AffineMap Renumber(AffineMap map, int[] left) =>
        new(
            left.Length,
            0,
            [
                .. map
                    .Results.Select(e =>
                        e is AffineDimExpr { Position: var p }
                            ? left.Contains(p)
                                ? AffineExpr.Dim(Array.IndexOf(left, p))
                                : null
                            : e
                    )
                    .OfType<AffineExpr>(),
            ]
        );
}
