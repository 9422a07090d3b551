using Mlir.Backends.Gpu;
using Mlir.Runtime;

namespace Mlir.Bench.Gpu;

/// <summary>An argument: random numbers, the same in every run.</summary>
/// <param name="Lengths">Its sizes.</param>
internal abstract record CaseInput(long[] Lengths)
{
    /// <summary>The number of elements.</summary>
    public long Count => Lengths.Aggregate(1L, static (product, length) => product * length);

    /// <summary>The bytes.</summary>
    public abstract long Bytes { get; }

    /// <summary>The numbers.</summary>
    public abstract HostBuffer Make(int seed);

    /// <summary>The numbers on a device.</summary>
    public abstract IDisposable Upload(GpuDevice device, HostBuffer numbers);
}
