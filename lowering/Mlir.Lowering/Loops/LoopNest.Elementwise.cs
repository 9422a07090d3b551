using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Loops that write each element once, or collect rows into rows.</summary>
internal sealed partial class LoopNest
{
    /// <summary>Elementwise: chunks of the only loop, or chunks of rows with the last loop inside.</summary>
    private void EmitElementwise()
    {
        if (_kinds.Length == 1)
        {
            var chunk = ChunkElements();
            var nonTemporal = NonTemporalCondition();
            ForChunks(
                _sizes[0],
                _emit.Index(chunk),
                chunk,
                (emit, begin, end) => EmitRow(emit, [null!], begin, end, nonTemporal)
            );
            return;
        }

        var outer = _sizes[..Inner];
        var rows = _emit.Product(outer);
        ForChunks(
            rows,
            RowsPerChunk(),
            0,
            (emit, begin, end) =>
                emit.For(
                    begin,
                    end,
                    emit.Index(1),
                    [],
                    (e, row, _) =>
                    {
                        EmitRow(e, [.. e.Delinearize(row, outer), null!], e.Index(0), _sizes[Inner], null);
                        return [];
                    }
                )
        );
    }

    /// <summary>
    /// The last loop is parallel, others reduce: each output row collects input rows in order. Without an outer parallel loop the row
    /// itself is cut into chunks.
    /// </summary>
    private void EmitRowsIntoRow()
    {
        var parallel = Enumerable.Range(0, Inner).Where(d => IsParallel(_kinds[d])).ToArray();
        var reduced = Enumerable.Range(0, Inner).Where(d => !IsParallel(_kinds[d])).ToArray();
        if (parallel.Length == 0)
        {
            var chunk = ChunkElements();
            ForChunks(
                _sizes[Inner],
                _emit.Index(chunk),
                chunk,
                (emit, begin, end) =>
                    Nest(emit, reduced, new Value[_kinds.Length], (e, ivs) => EmitRow(e, ivs, begin, end, null))
            );
            return;
        }

        var outer = parallel.Select(d => _sizes[d]).ToArray();
        ForChunks(
            _emit.Product(outer),
            _emit.Index(1),
            0,
            (emit, begin, end) =>
                emit.For(
                    begin,
                    end,
                    emit.Index(1),
                    [],
                    (e, row, _) =>
                    {
                        var ivs = Scatter(parallel, e.Delinearize(row, outer));
                        Nest(e, reduced, ivs, (n, all) => EmitRow(n, all, n.Index(0), _sizes[Inner], null));
                        return [];
                    }
                ),
            grain: 1
        );
    }
}
