using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>The tiles of a product's result, which blocks take one after the other.</summary>
/// <param name="product">The product.</param>
/// <param name="rows">The rows of a tile.</param>
/// <param name="columns">The columns of a tile.</param>
internal sealed class ProductGrid(MatrixProduct product, int rows, int columns)
{
    /// <summary>How many tiles there are.</summary>
    public Value Count() => product.Host.Product(Counts());

    private Value[] Counts()
    {
        var (host, sizes) = (product.Host, product.Sizes);
        return
        [
            .. product.Batch.Select(d => sizes[d]),
            host.CeilDiv(sizes[product.Row], host.Index(rows)),
            host.CeilDiv(sizes[product.Column], host.Index(columns)),
        ];
    }

    /// <summary>Launches a kernel, without blocks where <paramref name="condition"/> does not hold.</summary>
    /// <param name="condition">Whether it is wanted, which the host computes; null for always.</param>
    /// <param name="threads">The threads of a block.</param>
    /// <param name="sharedBytes">How many bytes they share besides, which the launch asks for.</param>
    /// <param name="body">Emits a tile from the loops' values at its first element.</param>
    /// <param name="shared">The memory that the threads of a block share.</param>
    public void Launch(
        Value? condition,
        int threads,
        int sharedBytes,
        Action<Emitter, KernelIds, Value[]> body,
        params ReadOnlySpan<MemRefType> shared
    )
    {
        Kernel.ForEachBlock(
            product.Host,
            Counts(),
            threads,
            sharedBytes,
            condition,
            (e, ids, at) =>
            {
                var first = new Value[product.Sizes.Length];
                for (var i = 0; i < product.Batch.Length; i++)
                {
                    first[product.Batch[i]] = at[i];
                }

                first[product.Row] = e.Mul(at[^2], e.Index(rows));
                first[product.Column] = e.Mul(at[^1], e.Index(columns));
                body(e, ids, first);
            },
            shared
        );
    }

    /// <summary>The loops' values at a place of a tile.</summary>
    public Value[] At(Emitter e, Value[] first, Value row, Value column)
    {
        var ivs = (Value[])first.Clone();
        ivs[product.Row] = e.Add(first[product.Row], row);
        ivs[product.Column] = e.Add(first[product.Column], column);
        return ivs;
    }

    /// <summary>The same place, or the last one where it lies outside: what is computed there is never written.</summary>
    public Value[] Inside(Emitter e, Value[] ivs) => Inside(e, ivs, product.Row, product.Column);

    /// <summary>The same place, with these loops not beyond their last one.</summary>
    public Value[] Inside(Emitter e, Value[] ivs, params ReadOnlySpan<int> loops)
    {
        var inside = (Value[])ivs.Clone();
        foreach (var loop in loops)
        {
            inside[loop] = e.Min(ivs[loop], e.Sub(product.Sizes[loop], e.Index(1)));
        }

        return inside;
    }

    /// <summary>Finishes an element of the result, if it is one.</summary>
    public void Finish(Emitter e, Value[] ivs, Func<Emitter, Value> sum) =>
        e.If(
            e.And(
                e.Less(ivs[product.Row], product.Sizes[product.Row]),
                e.Less(ivs[product.Column], product.Sizes[product.Column])
            ),
            [],
            inside =>
            {
                product.Finish(inside, ivs, sum(inside));
                return [];
            }
        );
}
