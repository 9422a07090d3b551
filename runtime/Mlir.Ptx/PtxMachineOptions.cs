namespace Mlir.Ptx;

/// <summary>What a machine has and what it looks for.</summary>
public sealed record PtxMachineOptions
{
    /// <summary>The host threads that run blocks side by side; 0 for as many as there are processors.</summary>
    public int Threads { get; init; }

    /// <summary>The bytes of global memory.</summary>
    public long MemoryBytes { get; init; } = 8L << 30;

    /// <summary>The most shared memory of a block, static and dynamic; 163 KiB are what a launch may ask of sm_80.</summary>
    public int MaxSharedBytes { get; init; } = 163 * 1024;

    /// <summary>The instructions that a launch may execute, those of each thread counted.</summary>
    public long InstructionBudget { get; init; } = 1_000_000_000_000;

    /// <summary>What launches look for where they do not say it themselves.</summary>
    public PtxChecks Checks { get; init; } = PtxChecks.All;
}
