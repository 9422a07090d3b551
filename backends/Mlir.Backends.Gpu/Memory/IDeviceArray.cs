using Mlir.Backends.Gpu.Execution;
using Mlir.Runtime;

namespace Mlir.Backends.Gpu.Memory;

/// <summary>An array on a device whose element type is known at run time only.</summary>
internal interface IDeviceArray : IDisposable
{
    /// <summary>The elements' type.</summary>
    ElementType ElementType { get; }

    /// <summary>The size along each axis.</summary>
    ReadOnlySpan<long> Lengths { get; }

    /// <summary>How many elements it has.</summary>
    long Length { get; }

    /// <summary>The memory.</summary>
    DeviceBuffer Buffer { get; }

    /// <summary>Makes an array with the elements of one of the host, which were read when this returns.</summary>
    static IDeviceArray Upload(GpuDevice device, HostBuffer source)
    {
        var array = New(device, source);
        try
        {
            array.CopyFrom(source);
            return array;
        }
        catch
        {
            array.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="Upload"/>, without blocking a thread.</summary>
    static async Task<IDeviceArray> UploadAsync(GpuDevice device, HostBuffer source, CancellationToken cancellation)
    {
        var array = New(device, source);
        try
        {
            await array.CopyFromAsync(source, cancellation).ConfigureAwait(false);
            return array;
        }
        catch
        {
            array.Dispose();
            throw;
        }
    }

    /// <summary>Writes all elements; they were read when this returns.</summary>
    void CopyFrom(HostBuffer source);

    /// <summary>Writes all elements without waiting.</summary>
    Task CopyFromAsync(HostBuffer source, CancellationToken cancellation);

    /// <summary>The same memory with other sizes of equal product.</summary>
    IDeviceArray WithLengths(ReadOnlySpan<long> lengths);

    /// <summary>A copy on a device.</summary>
    IDeviceArray CopyTo(GpuDevice device);

    /// <summary>A copy on the host.</summary>
    HostBuffer ToHost();

    /// <summary>A copy on the host, without blocking a thread.</summary>
    Task<HostBuffer> ToHostAsync(CancellationToken cancellation);

    private static IDeviceArray New(GpuDevice device, HostBuffer like) =>
        ProgramArguments.NewDeviceArray(
            like.ElementType,
            new DeviceBuffer(device, (long)like.Count * like.ElementType.Size, device.DefaultStream),
            like.Shape.AsSpan()
        );
}
