using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu;

/// <summary>How many threads a launch has: blocks, threads in a block, and the memory that a block's threads share.</summary>
/// <param name="Blocks">Blocks along x.</param>
/// <param name="Threads">Threads of a block along x.</param>
public readonly record struct GpuGrid(int Blocks, int Threads)
{
    /// <summary>Blocks along y.</summary>
    public int BlocksY { get; init; } = 1;

    /// <summary>Blocks along z.</summary>
    public int BlocksZ { get; init; } = 1;

    /// <summary>Threads of a block along y.</summary>
    public int ThreadsY { get; init; } = 1;

    /// <summary>Threads of a block along z.</summary>
    public int ThreadsZ { get; init; } = 1;

    /// <summary>Shared memory of a block beyond what the kernel declares, in bytes.</summary>
    public int SharedBytes { get; init; }

    /// <summary>For example <c>&lt;&lt;&lt;8, 256&gt;&gt;&gt;</c>.</summary>
    public override string ToString() =>
        $"<<<{Text(Blocks, BlocksY, BlocksZ)}, {Text(Threads, ThreadsY, ThreadsZ)}{(SharedBytes > 0 ? $", {SharedBytes}" : "")}>>>";

    internal LaunchShape ToShape() =>
        new(
            (uint)Blocks,
            (uint)BlocksY,
            (uint)BlocksZ,
            (uint)Threads,
            (uint)ThreadsY,
            (uint)ThreadsZ,
            (uint)SharedBytes
        );

    /// <summary>Nothing is to be launched over no elements.</summary>
    internal bool IsEmpty => Blocks == 0 || BlocksY == 0 || BlocksZ == 0;

    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or a block has no thread.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Blocks);
        ArgumentOutOfRangeException.ThrowIfNegative(BlocksY);
        ArgumentOutOfRangeException.ThrowIfNegative(BlocksZ);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Threads);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ThreadsY);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ThreadsZ);
        ArgumentOutOfRangeException.ThrowIfNegative(SharedBytes);
    }

    private static string Text(int x, int y, int z) =>
        z != 1 ? $"({x}, {y}, {z})"
        : y != 1 ? $"({x}, {y})"
        : $"{x}";
}
