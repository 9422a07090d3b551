using System.Runtime.Intrinsics.X86;
using Mlir.Backends.Llvm;
using Mlir.Backends.Storage;
using Mlir.Lowering;

namespace Mlir.Backends.Cpu;

/// <summary>The host CPU: LLVM's JIT behind the lowering to the <c>llvm</c> dialect.</summary>
public static class CpuBackend
{
    /// <summary>The name by which users choose it.</summary>
    public const string Name = "cpu";

    // Enough to share evenly where a core is slower than the others.
    private const int PiecesPerCore = 4;

    extension(CompilerBuilder compiler)
    {
        /// <summary>Adds the host CPU, compiled through LLVM.</summary>
        /// <param name="options">How it compiles; null for the host with all its features.</param>
        public CompilerBuilder UseCpu(CpuOptions? options = null) => compiler.Add(Create(options));
    }

    /// <summary>The backend as a value.</summary>
    /// <param name="options">How it compiles; null for the host with all its features.</param>
    public static Backend Create(CpuOptions? options = null)
    {
        var cpu = options ?? CpuOptions.Host;
        var llvm = cpu.ToLlvm();
        return new Backend(Name, PipelineFor(cpu.Target), lowered => LlvmJit.Compile(lowered, llvm))
        {
            Options = $"{cpu}, {CacheSizes.Last}, {CacheSizes.Second}, {Environment.ProcessorCount}",
            IsNative = true,
            Variants = CpuVariants.For(VectorBits(cpu.Target)),
            Code = new CodeFormat(
                () => $"{typeof(CpuBackend).Module.ModuleVersionId} {LlvmJit.Identity(llvm)}",
                lowered => LlvmJit.EmitCode(lowered, llvm),
                LlvmJit.LoadCode
            ),
            Quick =
                cpu.Optimization == LlvmOptimization.None
                    ? null
                    : Create(cpu with { Optimization = LlvmOptimization.None }),
            WhyUnavailable = static () => LlvmLibrary.IsAvailable(out var reason) ? null : reason,
            WarmUp = LlvmJit.WarmUp,
            Figures = static () => Figures,
            Listings = lowered =>
            {
                var (ir, assembly) = LlvmJit.EmitListings(lowered.Module, llvm);
                return [new IrListing("llvm ir", ir), new IrListing("assembly", assembly)];
            },
        };
    }

    /// <summary>
    /// A present core, as <c>Explain</c> counts with, too: at 3 GHz four bytes a cycle from memory, which eight cores use up, and two vectors of simple
    /// operations a cycle.
    /// </summary>
    private static MachineFigures Figures { get; } =
        new(
            BytesPerSecond: 12e9 * Math.Min(Environment.ProcessorCount, 8),
            loop => 6e9 * Environment.ProcessorCount * loop.Lanes,
            PerLoop: TimeSpan.FromMicroseconds(1)
        );

    /// <summary>From the tensor level to the <c>llvm</c> dialect.</summary>
    /// <param name="target">What code is generated for; null for the host.</param>
    public static PassPipeline PipelineFor(LlvmTarget? target) =>
        CpuLowering.LlvmFor(
            VectorBits(target),
            nonTemporalBytes: (target is null ? CacheSizes.Last : CacheSizes.UsualLast) / 2,
            secondCacheBytes: target is null ? CacheSizes.Second : CacheSizes.UsualSecond,
            pieces: target is null ? PiecesPerCore * Environment.ProcessorCount : TileContractions.UsualPieces
        );

    /// <summary>The width of the vectors that loops are written with; LLVM splits what a processor cannot hold.</summary>
    private static int VectorBits(LlvmTarget? target) =>
        target is null
            ? Avx512F.IsSupported
                ? 512
                : Avx2.IsSupported
                    ? 256
                    : 128
            : Has(target, "+avx512f", "x86-64-v4")
                ? 512
                : Has(target, "+avx2", "x86-64-v3")
                    ? 256
                    : 128;

    private static bool Has(LlvmTarget target, string feature, string level) =>
        target.Cpu == level || target.Features.Contains(feature, StringComparison.Ordinal);
}
