using System.Collections.Immutable;
using Mlir.Lowering;

namespace Mlir.Backends.Cpu;

/// <summary>What depends on the memory and the cores of a machine more than on anything that the compiler knows.</summary>
internal static class CpuVariants
{
    /// <summary>Below this a result stays in a core's own cache, where writing around it never pays.</summary>
    private const long SmallestAroundCache = 64 << 10;

    private const int NarrowBits = 256;

    /// <summary>The variants of <see cref="CpuBackend"/>.</summary>
    /// <param name="vectorBits">The width of the vectors that it writes loops with.</param>
    public static ImmutableArray<BackendVariant> For(int vectorBits) =>
        [
            new("through the cache", p => WithPasses(p, static l => l with { NonTemporalBytes = 0 })),
            new("around the cache", p => WithPasses(p, static l => l with { NonTemporalBytes = SmallestAroundCache })),
            new("one thread", OnOneThread),
            new("not unrolled", p => WithPasses(p, static l => l with { Unroll = 1 })),
            .. vectorBits > NarrowBits
                ?
                [
                    new BackendVariant(
                        "narrow vectors",
                        p => WithPasses(p, static l => l with { VectorBits = NarrowBits })
                    ),
                ]
                : Array.Empty<BackendVariant>(),
        ];

    private static PassPipeline WithPasses(PassPipeline pipeline, Func<LinalgToLoops, LinalgToLoops> change) =>
        Map(pipeline, pass => pass is LinalgToLoops loops ? change(loops) : pass);

    private static PassPipeline OnOneThread(PassPipeline pipeline) =>
        Map(
            pipeline,
            static pass =>
                pass switch
                {
                    Bufferize p => p with { Parallel = false },
                    TileContractions p => p with { Parallel = false },
                    FuseRows p => p with { Parallel = false },
                    LinalgToLoops p => p with { Parallel = false },
                    _ => pass,
                }
        );

    private static PassPipeline Map(PassPipeline pipeline, Func<Pass, Pass> change) =>
        [.. pipeline.Select(step => step.Pass is { } pass ? change(pass) : step)];
}
