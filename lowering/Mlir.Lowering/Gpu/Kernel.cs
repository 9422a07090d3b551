using Mlir.Dialects.Gpu;
using Mlir.IR;

namespace Mlir.Lowering.Gpu;

/// <summary>The numbers that a thread knows: of its block, of itself, of the blocks.</summary>
/// <param name="Block">The block's number.</param>
/// <param name="Thread">The thread's number in the block.</param>
/// <param name="Blocks">The number of blocks.</param>
/// <param name="Shared">The memory that the threads of a block share.</param>
internal sealed record KernelIds(Value Block, Value Thread, Value Blocks, IReadOnlyList<Value> Shared);

/// <summary>Emits launches, which are one-dimensional.</summary>
internal static class Kernel
{
    /// <summary>The threads of a usual block.</summary>
    public const int Threads = 256;

    /// <summary>The threads of a warp.</summary>
    public const int Warp = 32;

    /// <summary>More blocks than this are not launched: the threads go on with what is left.</summary>
    public const int MaxBlocks = 1 << 16;

    /// <summary>On a launch: the threads of each block, an <c>i32</c>.</summary>
    public const string BlockSizeAttribute = "mlir.block_size";

    /// <summary>One block.</summary>
    public static Func<Emitter, Value> OneBlock { get; } = e => e.Index(1);

    /// <summary>Launches <paramref name="body"/> on blocks of <paramref name="threads"/> threads.</summary>
    /// <param name="host">Where the launch goes.</param>
    /// <param name="blocks">Emits the number of blocks.</param>
    /// <param name="threads">The threads of a block.</param>
    /// <param name="body">Emits what a thread does.</param>
    /// <param name="shared">The memory that the threads of a block share.</param>
    public static void Launch(
        Emitter host,
        Func<Emitter, Value> blocks,
        int threads,
        Action<Emitter, KernelIds> body,
        params ReadOnlySpan<MemRefType> shared
    ) => Launch(host, blocks(host), threads, null, body, shared);

    /// <summary>Launches <paramref name="body"/> on blocks of <paramref name="threads"/> threads.</summary>
    /// <param name="host">Where the launch goes.</param>
    /// <param name="blocks">The number of blocks.</param>
    /// <param name="threads">The threads of a block.</param>
    /// <param name="sharedBytes">How many bytes the threads of a block share besides, an <c>i32</c>; null for none.</param>
    /// <param name="body">Emits what a thread does.</param>
    /// <param name="shared">The memory that the threads of a block share.</param>
    public static void Launch(
        Emitter host,
        Value blocks,
        int threads,
        Value? sharedBytes,
        Action<Emitter, KernelIds> body,
        params ReadOnlySpan<MemRefType> shared
    )
    {
        var (block, one) = (host.Index(threads), host.Index(1));
        var launch = new LaunchOp(host.Location, [], blocks, one, one, block, one, one, null, null, null, sharedBytes);
        launch.SetAttribute("workgroup_attributions", IntegerAttr.Get(IntegerType.I64, shared.Length));
        launch.SetAttribute(BlockSizeAttribute, IntegerAttr.Get(IntegerType.I32, threads));
        var entry = launch.Body.AddBlock();
        for (var i = 0; i < 12; i++)
        {
            entry.AddArgument(IndexType.Instance, host.Location);
        }

        var memory = new List<Value>();
        foreach (var type in shared)
        {
            memory.Add(entry.AddArgument(type, host.Location));
        }

        host.Insert(launch);
        var inside = new Emitter(new OpBuilder(entry), host.Location);
        body(inside, new KernelIds(entry.Arguments[0], entry.Arguments[3], entry.Arguments[6], memory));
        inside.Insert(new TerminatorOp(host.Location));
    }

    /// <summary>Launches as many threads as <paramref name="count"/> asks for, up to a limit; each runs <paramref name="body"/> for one number after the other.</summary>
    public static void ForEach(Emitter host, Value count, Action<Emitter, Value> body) =>
        Launch(host, e => BlocksFor(e, count, Threads), Threads, (e, ids) => Stride(e, ids, Threads, count, body));

    /// <summary>Launches as many warps as <paramref name="count"/> asks for, up to a limit; each runs <paramref name="body"/>, which gets the lane too.</summary>
    public static void ForEachWarp(Emitter host, Value count, Action<Emitter, Value, Value> body) =>
        Launch(
            host,
            e => BlocksFor(e, count, Threads / Warp),
            Threads,
            (e, ids) =>
            {
                var lane = e.Rem(ids.Thread, e.Index(Warp));
                var warp = e.Div(ids.Thread, e.Index(Warp));
                var first = e.Add(e.Mul(ids.Block, e.Index(Threads / Warp)), warp);
                e.For(
                    first,
                    count,
                    e.Mul(ids.Blocks, e.Index(Threads / Warp)),
                    [],
                    (inside, number, _) =>
                    {
                        body(inside, number, lane);
                        return [];
                    }
                );
            }
        );

    /// <summary>Launches a block for each place of a grid, up to a limit; each runs <paramref name="body"/> for one place after the other.</summary>
    /// <param name="host">Where the launch goes.</param>
    /// <param name="counts">The sizes of the grid.</param>
    /// <param name="threads">The threads of a block.</param>
    /// <param name="sharedBytes">How many bytes they share besides, which the launch asks for.</param>
    /// <param name="condition">Whether there is anything to do; null for always.</param>
    /// <param name="body">Emits what a thread does at a place.</param>
    /// <param name="shared">The memory that the threads of a block share.</param>
    public static void ForEachBlock(
        Emitter host,
        Value[] counts,
        int threads,
        int sharedBytes,
        Value? condition,
        Action<Emitter, KernelIds, Value[]> body,
        params ReadOnlySpan<MemRefType> shared
    )
    {
        var count = host.Product(counts);
        var blocks = host.Min(count, host.Index(MaxBlocks));
        Launch(
            host,
            condition is null ? blocks : host.Select(condition, blocks, host.Index(0)),
            threads,
            sharedBytes == 0 ? null : host.Constant(IntegerAttr.Get(IntegerType.I32, sharedBytes)),
            (e, ids) =>
                e.For(
                    ids.Block,
                    count,
                    ids.Blocks,
                    [],
                    (inside, number, _) =>
                    {
                        body(inside, ids, inside.Delinearize(number, counts));
                        return [];
                    }
                ),
            shared
        );
    }

    /// <summary>Enough blocks for <paramref name="count"/> pieces of work, up to a limit.</summary>
    public static Value BlocksFor(Emitter e, Value count, int perBlock) =>
        e.Min(e.CeilDiv(count, e.Index(perBlock)), e.Index(MaxBlocks));

    /// <summary>Runs <paramref name="body"/> in each thread for one number below <paramref name="count"/> after the other.</summary>
    public static void Stride(Emitter e, KernelIds ids, int threads, Value count, Action<Emitter, Value> body) =>
        e.For(
            e.Add(e.Mul(ids.Block, e.Index(threads)), ids.Thread),
            count,
            e.Mul(ids.Blocks, e.Index(threads)),
            [],
            (inside, number, _) =>
            {
                body(inside, number);
                return [];
            }
        );
}
