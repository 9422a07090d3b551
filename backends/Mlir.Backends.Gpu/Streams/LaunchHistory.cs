using System.Collections.Immutable;

namespace Mlir.Backends.Gpu.Streams;

/// <summary>The last launches of a stream. Adding one allocates nothing; the stream is held meanwhile.</summary>
internal sealed class LaunchHistory
{
    private const int Length = 8;

    private readonly Lock gate = new();
    private readonly (GpuKernel Kernel, GpuGrid Grid)[] ring = new (GpuKernel, GpuGrid)[Length];
    private int count;

    public void Add(GpuKernel kernel, in GpuGrid grid)
    {
        lock (gate)
        {
            ring[count++ & (Length - 1)] = (kernel, grid);
        }
    }

    /// <summary>The launches, the latest first.</summary>
    public ImmutableArray<GpuLaunchRecord> Read()
    {
        lock (gate)
        {
            var records = ImmutableArray.CreateBuilder<GpuLaunchRecord>();
            for (var back = 1; back <= Length && ring[(count - back) & (Length - 1)].Kernel is { } kernel; back++)
            {
                var grid = ring[(count - back) & (Length - 1)].Grid;
                records.Add(new GpuLaunchRecord(kernel.Name, grid, kernel.Operation));
            }

            return records.ToImmutable();
        }
    }
}
