using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Loops of an operation that are taken as one because arrays lie along them as along one: the rows of a stack of matrices are rows of one matrix.</summary>
/// <param name="Groups">The loops that each new loop stands for, outermost first.</param>
/// <example><code>
/// (s, i, j, k): c[s, i, j] += a[s, i, k] * b[k, j]   →   (r, j, k): c'[r, j] += a'[r, k] * b[k, j]
/// </code></example>
internal sealed record MergedLoops(int[][] Groups)
{
    /// <summary>Whether any loop stands for several.</summary>
    public bool HasSeveral => Groups.Any(g => g.Length > 1);

    /// <summary>One loop over rows and one over columns; null where the arrays of a contraction do not lie so.</summary>
    public static MergedLoops? Of(Contraction contraction)
    {
        var several = (int[][])[contraction.Rows, contraction.Columns];
        var merged = new MergedLoops([
            .. Enumerable
                .Range(0, contraction.Op.IteratorKinds.Length)
                .Select(d => several.FirstOrDefault(g => g.Contains(d)) ?? [d])
                .DistinctBy(g => g[0]),
        ]);
        return !merged.HasSeveral || merged.Fits(contraction.Op) ? merged : null;
    }

    /// <summary>The same for what loops over the output's dimensions.</summary>
    public MergedLoops After(AffineMap output)
    {
        var dims = output.Results.Select(r => ((AffineDimExpr)r).Position).ToList();
        return new([
            .. dims.Select(d => Groups.Single(g => g.Contains(d)))
                .DistinctBy(g => g[0])
                .Select(g => g.Select(d => dims.IndexOf(d)).ToArray()),
        ]);
    }

    /// <summary>The lengths of the new loops.</summary>
    public Value[] Sizes(Emitter e, Value[] sizes) => [.. Groups.Select(g => e.Product(g.Select(d => sizes[d])))];

    /// <summary>The values of the old loops.</summary>
    /// <param name="e">Where.</param>
    /// <param name="merged">The values of the new loops.</param>
    /// <param name="sizes">The lengths of the old loops.</param>
    public Value[] Split(Emitter e, Value[] merged, Value[] sizes)
    {
        var ivs = new Value[sizes.Length];
        for (var i = 0; i < Groups.Length; i++)
        {
            var parts = e.Delinearize(merged[i], [.. Groups[i].Select(d => sizes[d])]);
            for (var k = 0; k < parts.Length; k++)
            {
                ivs[Groups[i][k]] = parts[k];
            }
        }

        return ivs;
    }

    /// <summary>A copy of <paramref name="op"/> with the new loops, on views of its arrays; null where an array does not lie so.</summary>
    public GenericOp? Apply(Emitter e, GenericOp op)
    {
        if (!Fits(op))
        {
            return null;
        }

        var (operands, maps) = (new List<Value>(), new List<AffineMap>());
        for (var i = 0; i < op.Operands.Count; i++)
        {
            var results = op.MapOf(i).Results;
            var runs = RunsOf(op.MapOf(i))!;
            maps.Add(
                new AffineMap(
                    Groups.Length,
                    0,
                    [.. runs.Select(r => r.Group < 0 ? results[r.First] : AffineExpr.Dim(r.Group))]
                )
            );
            operands.Add(runs.All(r => r.Count == 1) ? op.Operands[i] : Collapse(e, op.Operands[i], runs));
        }

        return e.Generic(
            operands[..op.Inputs.Count],
            operands[op.Inputs.Count..],
            maps,
            [.. Groups.Select(g => op.IteratorKinds[g[0]])],
            (inside, elements) => inside.InlineBody(op.BodyBlock, elements)
        );
    }

    private bool Fits(GenericOp op) =>
        !op.BodyBlock.Operations.SelectMany(o => o.Walk()).Any(o => o is IndexOp)
        && Enumerable
            .Range(0, op.Operands.Count)
            .All(i =>
                RunsOf(op.MapOf(i)) is { } runs
                && (runs.All(r => r.Count == 1) || op.Operands[i].Type is MemRefType { Layout: null })
            );

    /// <summary>The dimensions of an array that become one each, and the new loop; null where they lie otherwise. A constant subscript has no loop.</summary>
    private List<(int First, int Count, int Group)>? RunsOf(AffineMap map)
    {
        var runs = new List<(int First, int Count, int Group)>();
        for (var d = 0; d < map.Results.Count; )
        {
            if (map.Results[d] is AffineConstantExpr)
            {
                runs.Add((d++, 1, -1));
                continue;
            }

            if (map.Results[d] is not AffineDimExpr { Position: var loop })
            {
                return null;
            }

            var number = System.Array.FindIndex(Groups, g => g[0] == loop);
            if (number < 0)
            {
                return null;
            }

            foreach (var (expected, k) in Groups[number].Select((expected, k) => (expected, k)))
            {
                if (
                    d + k >= map.Results.Count
                    || map.Results[d + k] is not AffineDimExpr dim
                    || dim.Position != expected
                )
                {
                    return null;
                }
            }

            runs.Add((d, Groups[number].Length, number));
            d += Groups[number].Length;
        }

        return runs;
    }

    private static Value Collapse(Emitter e, Value array, List<(int First, int Count, int Group)> runs)
    {
        var type = (MemRefType)array.Type;
        var groups = runs.Select(r => Enumerable.Range(r.First, r.Count).ToArray()).ToArray();
        var shape = groups.Select(g =>
            g.Any(type.IsDynamicDim) ? ShapedType.Dynamic : g.Aggregate(1L, (n, d) => n * type.Shape[d])
        );
        return e.Insert(
            new CollapseShapeOp(
                e.Location,
                array,
                ArrayAttr.Get([
                    .. groups.Select(g =>
                        ArrayAttr.Get([.. g.Select(IrAttribute (d) => IntegerAttr.Get(IntegerType.I64, d))])
                    ),
                ]),
                MemRefType.Get([.. shape], type.ElementType, null, type.MemorySpace)
            )
        ).Result;
    }
}
