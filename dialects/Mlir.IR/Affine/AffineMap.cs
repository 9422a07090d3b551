using Mlir.IR.Text;

namespace Mlir.IR;

/// <summary>A function from dimensions and symbols to a list of affine expressions: <c>(d0, d1)[s0] -> (d1, d0 + s0)</c>.</summary>
/// <param name="DimCount">The number of dimensions.</param>
/// <param name="SymbolCount">The number of symbols.</param>
/// <param name="Results">The result expressions.</param>
public sealed record AffineMap(int DimCount, int SymbolCount, EquatableArray<AffineExpr> Results)
{
    /// <summary>The map that returns its <paramref name="rank"/> dimensions unchanged.</summary>
    public static AffineMap Identity(int rank) =>
        new(rank, 0, EquatableArray.From(Enumerable.Range(0, rank).Select(AffineExpr.Dim)));

    /// <summary>The map from <paramref name="dimCount"/> dimensions to those at <paramref name="positions"/>.</summary>
    public static AffineMap Select(int dimCount, params IEnumerable<int> positions) =>
        new(dimCount, 0, EquatableArray.From(positions.Select(AffineExpr.Dim)));

    /// <summary>The map that sends dimension <c>i</c> of the result to dimension <c>permutation[i]</c>.</summary>
    public static AffineMap Permutation(params ReadOnlySpan<long> permutation) =>
        Select(permutation.Length, permutation.ToArray().Select(p => (int)p));

    /// <summary>Whether the map returns all its dimensions in order.</summary>
    public bool IsIdentity
    {
        get
        {
            if (SymbolCount != 0 || Results.Count != DimCount)
            {
                return false;
            }

            for (var i = 0; i < DimCount; i++)
            {
                if (Results[i] is not AffineDimExpr { Position: var p } || p != i)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Whether every result is a different dimension.</summary>
    public bool IsProjectedPermutation
    {
        get
        {
            var seen = new HashSet<int>();
            foreach (var result in Results)
            {
                if (result is not AffineDimExpr { Position: var p } || !seen.Add(p))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Whether the map returns every dimension once, in some order.</summary>
    public bool IsPermutation => Results.Count == DimCount && IsProjectedPermutation;

    /// <summary>The results for given dimensions and symbols.</summary>
    public long[] Evaluate(ReadOnlySpan<long> dims, ReadOnlySpan<long> symbols = default)
    {
        var values = new long[Results.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Results[i].Evaluate(dims, symbols);
        }

        return values;
    }

    /// <summary>The map that applies <paramref name="inner"/> first and this one to its results; neither may have symbols.</summary>
    public AffineMap Compose(AffineMap inner) =>
        new(inner.DimCount, 0, EquatableArray.From(Results.Select(r => r.Replace(inner.Results.Span, default))));

    /// <summary>The map in MLIR's syntax.</summary>
    public override string ToString() => AsmPrinter.ToText(this);
}
