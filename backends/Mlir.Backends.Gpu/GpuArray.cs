using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlir.Backends.Gpu.Interop;
using Mlir.Backends.Gpu.Memory;
using Mlir.Runtime;

namespace Mlir.Backends.Gpu;

/// <summary>
/// An array that lives on a device, in row-major order, until it is disposed. Streams that use it wait by themselves for those that write it.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class GpuArray<T> : IDeviceArray
    where T : unmanaged
{
    private readonly long[] lengths;

    internal GpuArray(GpuDevice device, ReadOnlySpan<long> lengths, GpuStream stream)
    {
        this.lengths = lengths.ToArray();
        long count = 1;
        foreach (var length in lengths)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(lengths));
            count =
                count > 0 && length > long.MaxValue / Unsafe.SizeOf<T>() / count
                    ? throw new ArgumentOutOfRangeException(nameof(lengths), "An array has too many elements.")
                    : count * length;
        }

        Length = count;
        Buffer = new DeviceBuffer(device, count * Unsafe.SizeOf<T>(), stream);
    }

    internal GpuArray(DeviceBuffer buffer, ReadOnlySpan<long> lengths)
    {
        this.lengths = lengths.ToArray();
        Length = buffer.Bytes / Unsafe.SizeOf<T>();
        Buffer = buffer;
    }

    /// <summary>The device on which it lives.</summary>
    public GpuDevice Device => Buffer.Device;

    /// <summary>Its size along each axis.</summary>
    public ReadOnlySpan<long> Lengths => lengths;

    /// <summary>How many elements it has.</summary>
    public long Length { get; }

    internal DeviceBuffer Buffer { get; }

    ElementType IDeviceArray.ElementType => ElementTypes.Of(typeof(T));

    DeviceBuffer IDeviceArray.Buffer => Buffer;

    IDeviceArray IDeviceArray.WithLengths(ReadOnlySpan<long> lengths) => new GpuArray<T>(Buffer, lengths);

    void IDeviceArray.CopyFrom(HostBuffer source) => CopyFrom(source.AsSpan<T>());

    Task IDeviceArray.CopyFromAsync(HostBuffer source, CancellationToken cancellation) =>
        CopyFromAsync((T[])source.Data, cancellation: cancellation);

    IDeviceArray IDeviceArray.CopyTo(GpuDevice device) => To(device);

    HostBuffer IDeviceArray.ToHost() => new(ToArray(), lengths);

    async Task<HostBuffer> IDeviceArray.ToHostAsync(CancellationToken cancellation) =>
        new(await ToArrayAsync(cancellation).ConfigureAwait(false), lengths);

    /// <summary>Writes elements; they were read when the call returns, and are on the device when the stream has come so far.</summary>
    /// <param name="source">The elements.</param>
    /// <param name="start">The number of the first element to write.</param>
    /// <param name="stream">The stream that copies; null for the device's own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has not so many elements.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public void CopyFrom(ReadOnlySpan<T> source, long start = 0, GpuStream? stream = null)
    {
        Check(source.Length, start);
        var writer = StreamOr(stream);
        var address = Buffer.UseIn(writer, writes: true) + ByteOf(start);
        foreach (var (from, count) in Parts(source.Length))
        {
            Transfers.Upload(address + ByteOf(from), MemoryMarshal.AsBytes(source.Slice(from, count)), writer);
        }
    }

    /// <summary>Reads elements, and waits for them.</summary>
    /// <param name="destination">Where they go.</param>
    /// <param name="start">The number of the first element to read.</param>
    /// <param name="stream">The stream that copies; null for the one that wrote the array last.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has not so many elements.</exception>
    /// <exception cref="KernelFaultException">A kernel before it failed.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public void CopyTo(Span<T> destination, long start = 0, GpuStream? stream = null)
    {
        Check(destination.Length, start);
        var reader = stream ?? Buffer.Writer;
        CheckStream(reader);
        var address = Buffer.UseIn(reader, writes: false) + ByteOf(start);
        foreach (var (from, count) in Parts(destination.Length))
        {
            Transfers.Download(address + ByteOf(from), MemoryMarshal.AsBytes(destination.Slice(from, count)), reader);
        }
    }

    /// <summary>Writes elements without waiting.</summary>
    /// <param name="source">The elements; not to be changed before the task has completed.</param>
    /// <param name="start">The number of the first element to write.</param>
    /// <param name="stream">The stream that copies; null for the device's own.</param>
    /// <param name="cancellation">Stops after the parts that are under way; what was written stays.</param>
    /// <returns>Completes when the elements are on the device.</returns>
    public async Task CopyFromAsync(
        ReadOnlyMemory<T> source,
        long start = 0,
        GpuStream? stream = null,
        CancellationToken cancellation = default
    )
    {
        Check(source.Length, start);
        var writer = StreamOr(stream);
        var address = Buffer.UseIn(writer, writes: true) + ByteOf(start);
        foreach (var (from, count) in Parts(source.Length))
        {
            var slot = await Device.Staging.RentAsync(cancellation).ConfigureAwait(false);
            var bytes = count * Unsafe.SizeOf<T>();
            MemoryMarshal.AsBytes(source.Span.Slice(from, count)).CopyTo(StagingRing.Bytes(slot, bytes));
            Transfers.Send(slot, bytes, address + ByteOf(from), writer);
        }

        await writer.WhenDoneAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads elements without blocking a thread.</summary>
    /// <param name="destination">Where they go; not written after the task has completed, however it ends.</param>
    /// <param name="start">The number of the first element to read.</param>
    /// <param name="stream">The stream that copies; null for the one that wrote the array last.</param>
    /// <param name="cancellation">Stops after the parts that are under way.</param>
    /// <returns>Completes when the elements are there.</returns>
    public async Task CopyToAsync(
        Memory<T> destination,
        long start = 0,
        GpuStream? stream = null,
        CancellationToken cancellation = default
    )
    {
        Check(destination.Length, start);
        var reader = stream ?? Buffer.Writer;
        CheckStream(reader);
        var address = Buffer.UseIn(reader, writes: false) + ByteOf(start);
        var underWay = new List<Task>();
        try
        {
            foreach (var (from, count) in Parts(destination.Length))
            {
                var slot = await Device.Staging.RentAsync(cancellation).ConfigureAwait(false);
                underWay.Add(FetchAsync(slot, address + ByteOf(from), destination.Slice(from, count), reader));
            }
        }
        finally
        {
            await Task.WhenAll(underWay).ConfigureAwait(false);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>The elements, when they are there.</summary>
    /// <exception cref="KernelFaultException">A kernel before it failed.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public T[] ToArray()
    {
        var elements = new T[Length];
        CopyTo(elements);
        return elements;
    }

    /// <summary>The elements, without blocking a thread.</summary>
    /// <param name="cancellation">Stops after the parts that are under way.</param>
    public async Task<T[]> ToArrayAsync(CancellationToken cancellation = default)
    {
        var elements = new T[Length];
        await CopyToAsync(elements, cancellation: cancellation).ConfigureAwait(false);
        return elements;
    }

    /// <summary>Sets every byte to zero.</summary>
    /// <param name="stream">The stream that does it; null for the device's own.</param>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public void Clear(GpuStream? stream = null)
    {
        var writer = StreamOr(stream);
        var address = Buffer.UseIn(writer, writes: true);
        if (Buffer.Bytes == 0)
        {
            return;
        }

        lock (writer.Gate)
        {
            writer.Enter();
            Device.Check(
                Device.Driver.MemsetD8Async(address, 0, (ulong)Buffer.Bytes, writer.Handle),
                nameof(IGpuDriver.MemsetD8Async),
                writer
            );
        }
    }

    /// <summary>A copy on a device.</summary>
    /// <param name="device">The device; this array's own gives a copy beside it.</param>
    /// <exception cref="DeviceOutOfMemoryException">That device has not so much memory.</exception>
    /// <exception cref="DeviceLostException">One of the devices was lost.</exception>
    public GpuArray<T> To(GpuDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        var copy = new GpuArray<T>(device, lengths, device.DefaultStream);
        try
        {
            Buffer.CopyTo(copy.Buffer);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>Gives the memory back; work that was put in before still may use it.</summary>
    public void Dispose() => Buffer.Dispose();

    /// <summary>For example <c>Single[1000, 1000] on cuda:0</c>.</summary>
    public override string ToString() => $"{typeof(T).Name}[{string.Join(", ", lengths)}] on {Device.Id}";

    private async Task FetchAsync(nint slot, ulong address, Memory<T> destination, GpuStream reader)
    {
        try
        {
            var bytes = destination.Length * Unsafe.SizeOf<T>();
            Transfers.Fetch(slot, bytes, address, reader);
            await reader.WhenDoneAsync().ConfigureAwait(false);
            StagingRing.Bytes(slot, bytes).CopyTo(MemoryMarshal.AsBytes(destination.Span));
        }
        catch
        {
            Device.Staging.ReturnLate(slot, reader);
            throw;
        }

        Device.Staging.Return(slot);
    }

    private static ulong ByteOf(long element) => (ulong)(element * Unsafe.SizeOf<T>());

    private GpuStream StreamOr(GpuStream? stream)
    {
        var chosen = stream ?? Device.DefaultStream;
        CheckStream(chosen);
        return chosen;
    }

    private void CheckStream(GpuStream stream)
    {
        if (stream.Device != Device)
        {
            throw new ArgumentException($"The stream is one of {stream.Device.Id}, the array is on {Device.Id}.");
        }
    }

    private void Check(int count, long start)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        if (count > Length - start)
        {
            throw new ArgumentOutOfRangeException(
                nameof(start),
                $"The array has {Length} elements; {count} from number {start} on are too many."
            );
        }
    }

    /// <summary>Elements in parts that fit a slot.</summary>
    private static IEnumerable<(int From, int Count)> Parts(int length)
    {
        var most = Math.Max(1, StagingRing.SlotBytes / Unsafe.SizeOf<T>());
        for (var from = 0; from < length; from += most)
        {
            yield return (from, Math.Min(most, length - from));
        }
    }
}
