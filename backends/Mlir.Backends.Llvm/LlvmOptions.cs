namespace Mlir.Backends.Llvm;

/// <summary>How LLVM compiles a module.</summary>
public sealed record LlvmOptions
{
    /// <summary>Full optimisation for the host.</summary>
    public static LlvmOptions Default { get; } = new();

    /// <summary>What code is generated for; null for the host.</summary>
    public LlvmTarget? Target { get; init; }

    /// <summary>How hard LLVM tries.</summary>
    public LlvmOptimization Optimization { get; init; } = LlvmOptimization.Full;

    /// <summary>LLVM's pass pipeline, as <c>opt -passes=</c> takes it; null for the one that <see cref="Optimization"/> implies.</summary>
    public string? Passes { get; init; }

    /// <summary>
    /// The widest vectors that LLVM's own vectorisers and memory operations should use, in bits; null for what it thinks best
    /// for the processor. Vectors that the IR spells out keep their width.
    /// </summary>
    public int? PreferVectorWidth { get; init; }
}
