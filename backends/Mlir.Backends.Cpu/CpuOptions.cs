using Mlir.Backends.Llvm;

namespace Mlir.Backends.Cpu;

/// <summary>How the CPU backend compiles.</summary>
public sealed record CpuOptions
{
    /// <summary>The host with all its features, fully optimised.</summary>
    public static CpuOptions Host { get; } = new();

    /// <summary>What code is generated for; null for the host. Code for another processor can be emitted, not run.</summary>
    public LlvmTarget? Target { get; init; }

    /// <summary>How hard LLVM tries.</summary>
    public LlvmOptimization Optimization { get; init; } = LlvmOptimization.Full;

    /// <summary>These options as LLVM's.</summary>
    internal LlvmOptions ToLlvm() => new() { Target = Target, Optimization = Optimization };
}
