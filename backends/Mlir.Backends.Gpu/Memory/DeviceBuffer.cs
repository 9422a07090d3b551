using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu.Memory;

/// <summary>
/// Memory on a device, and which streams use it: one that reads waits for the one that wrote last, one that writes also for those that read. The
/// marks to wait for are recorded when another stream first asks, so that work within one stream costs nothing.
/// </summary>
internal sealed class DeviceBuffer : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<GpuStream> readers = [];
    private readonly DeviceBlock block;
    private GpuStream writer;
    private bool isDisposed;

    public DeviceBuffer(GpuDevice device, long bytes, GpuStream stream)
    {
        Device = device;
        Bytes = bytes;
        block = device.Pool.Take(bytes, stream);
        writer = stream;
    }

    public GpuDevice Device { get; }

    /// <summary>The bytes asked for.</summary>
    public long Bytes { get; }

    public ulong Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return block.Address;
        }
    }

    /// <summary>The stream that writes it, or wrote it last.</summary>
    public GpuStream Writer
    {
        get
        {
            lock (gate)
            {
                return Device.LiveOr(writer);
            }
        }
    }

    /// <summary>Makes a stream wait for what it must before it uses the memory. No stream is held.</summary>
    /// <returns>The address.</returns>
    public ulong UseIn(GpuStream stream, bool writes)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (writer != stream && !readers.Contains(stream))
            {
                stream.WaitFor(writer);
            }

            if (writes)
            {
                foreach (var reader in readers)
                {
                    stream.WaitFor(reader);
                }

                readers.Clear();
                writer = stream;
            }
            else if (writer != stream && !readers.Contains(stream))
            {
                readers.Add(stream);
            }

            return block.Address;
        }
    }

    /// <summary>Copies everything to memory of the same size, on this device or another; when the call returns the source may be written again.</summary>
    public void CopyTo(DeviceBuffer target)
    {
        if (Bytes == 0)
        {
            return;
        }

        if (target.Device != Device)
        {
            Transfers.BetweenDevices(this, target, Writer, target.Writer);
            return;
        }

        var stream = target.Writer;
        var from = UseIn(stream, writes: false);
        var to = target.UseIn(stream, writes: true);
        lock (stream.Gate)
        {
            stream.Enter();
            Device.Check(
                Device.Driver.MemcpyDtoDAsync(to, from, (ulong)Bytes, stream.Handle),
                nameof(IGpuDriver.MemcpyDtoDAsync),
                stream
            );
        }

        Device.Counters.CountCopy();
    }

    /// <summary>Gives the memory back; work that was put in before still may use it.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
            try
            {
                foreach (var reader in readers)
                {
                    if (!writer.IsDisposed)
                    {
                        writer.WaitFor(reader);
                    }
                    else if (!reader.IsDisposed)
                    {
                        writer = reader;
                    }
                }
            }
            catch (Exception gone) when (gone is GpuException or ObjectDisposedException)
            {
                return; // with the device went its memory
            }

            Device.Pool.Return(block, writer);
        }
    }
}
