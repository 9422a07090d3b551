using Mlir.Dialects.Gpu;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>Tiles of elements that a block of threads goes through together.</summary>
internal sealed partial class KernelNest
{
    /// <summary>Launches a block for each tile of the outputs; each runs <paramref name="body"/>, which gets the loops' values at the tile's first place.</summary>
    /// <param name="tile">Two loops, or one, and how far a tile goes along each.</param>
    /// <param name="body">Emits what a thread does.</param>
    /// <param name="shared">The memory that the threads of a block share.</param>
    private void ForEachTile((int Loop, int Size)[] tile, Action<Emitter, KernelIds, Value[]> body, MemRefType[] shared)
    {
        int[] others = [.. ParallelLoops.Where(d => !tile.Any(t => t.Loop == d))];
        Value[] counts =
        [
            .. others.Select(d => _sizes[d]),
            .. tile.Select(t => _host.CeilDiv(_sizes[t.Loop], _host.Index(t.Size))),
        ];
        Kernel.ForEachBlock(
            _host,
            counts,
            Kernel.Threads,
            sharedBytes: 0,
            condition: null,
            (e, ids, at) =>
            {
                var first = Scatter(others, at[..others.Length]);
                for (var i = 0; i < tile.Length; i++)
                {
                    first[tile[i].Loop] = e.Mul(at[others.Length + i], e.Index(tile[i].Size));
                }

                body(e, ids, first);
            },
            shared
        );
    }

    /// <summary>Memory that the threads of a block share.</summary>
    private static MemRefType SharedOf(int count, IrType element) =>
        MemRefType.Get([count], element, memorySpace: EnumAttr<AddressSpace>.Get(AddressSpace.Workgroup));

    /// <summary>The place of a tile that a thread takes at its turn <paramref name="turn"/>: neighbouring threads take what lies side by side in a row.</summary>
    private static (Value Row, Value Column) PlaceOf(Emitter e, Value thread, int columns, Value turn)
    {
        if (columns >= Kernel.Threads)
        {
            var number = e.Add(thread, e.Mul(turn, e.Index(Kernel.Threads)));
            return (e.Div(number, e.Index(columns)), e.Rem(number, e.Index(columns)));
        }

        var row = e.Add(e.Div(thread, e.Index(columns)), e.Mul(turn, e.Index(Kernel.Threads / columns)));
        return (row, e.Rem(thread, e.Index(columns)));
    }

    /// <summary>Brings elements into shared memory: all are on their way before the first is waited for.</summary>
    /// <param name="e">Where.</param>
    /// <param name="thread">The thread's number.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="load">Reads what belongs at a row and a column, inside of the array wherever that is.</param>
    /// <param name="shared">Where to.</param>
    /// <param name="pitch">How far rows lie apart there.</param>
    private static void Bring(
        Emitter e,
        Value thread,
        int rows,
        int columns,
        Func<Value, Value, Value> load,
        Value shared,
        int pitch
    )
    {
        var places = Enumerable
            .Range(0, rows * columns / Kernel.Threads)
            .Select(turn => PlaceOf(e, thread, columns, e.Index(turn)))
            .ToArray();
        var elements = places.Select(p => load(p.Row, p.Column)).ToArray();
        for (var i = 0; i < places.Length; i++)
        {
            e.Store(elements[i], shared, [e.Add(e.Mul(places[i].Row, e.Index(pitch)), places[i].Column)]);
        }
    }

    /// <summary>The value of a loop, or its last one where it lies beyond.</summary>
    private Value Clamped(Emitter e, int loop, Value iv) => e.Min(iv, e.Sub(_sizes[loop], e.Index(1)));
}
