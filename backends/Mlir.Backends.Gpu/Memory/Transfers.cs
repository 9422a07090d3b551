using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu.Memory;

/// <summary>Bytes on their way between the host and a device, one slot of pinned memory at a time.</summary>
internal static unsafe class Transfers
{
    /// <summary>Copies to the device; the bytes were read when the call returns.</summary>
    public static void Upload(ulong address, ReadOnlySpan<byte> source, GpuStream stream)
    {
        while (source.Length > 0)
        {
            var count = Math.Min(source.Length, StagingRing.SlotBytes);
            var slot = stream.Device.Staging.Rent();
            source[..count].CopyTo(StagingRing.Bytes(slot, count));
            Send(slot, count, address, stream);
            source = source[count..];
            address += (uint)count;
        }
    }

    /// <summary>Copies from the device, and waits for it.</summary>
    public static void Download(ulong address, Span<byte> destination, GpuStream stream)
    {
        while (destination.Length > 0)
        {
            var count = Math.Min(destination.Length, StagingRing.SlotBytes);
            var slot = stream.Device.Staging.Rent();
            try
            {
                Fetch(slot, count, address, stream);
                stream.Synchronize();
            }
            catch
            {
                stream.Device.Staging.ReturnLate(slot, stream);
                throw;
            }

            StagingRing.Bytes(slot, count).CopyTo(destination);
            stream.Device.Staging.Return(slot);
            destination = destination[count..];
            address += (uint)count;
        }
    }

    /// <summary>Sends what a slot holds; the slot goes back when it was sent.</summary>
    public static void Send(nint slot, int count, ulong address, GpuStream stream)
    {
        var device = stream.Device;
        try
        {
            lock (stream.Gate)
            {
                stream.Enter();
                device.Check(
                    device.Driver.MemcpyHtoDAsync(address, (void*)slot, (ulong)count, stream.Handle),
                    nameof(IGpuDriver.MemcpyHtoDAsync),
                    stream
                );
            }

            device.Counters.CountToDevice(count);
            _ = stream.Notify(() => device.Staging.Return(slot));
        }
        catch
        {
            device.Staging.ReturnLate(slot, stream);
            throw;
        }
    }

    /// <summary>Starts to fill a slot from the device.</summary>
    public static void Fetch(nint slot, int count, ulong address, GpuStream stream)
    {
        var device = stream.Device;
        lock (stream.Gate)
        {
            stream.Enter();
            device.Check(
                device.Driver.MemcpyDtoHAsync((void*)slot, address, (ulong)count, stream.Handle),
                nameof(IGpuDriver.MemcpyDtoHAsync),
                stream
            );
        }

        device.Counters.CountToHost(count);
    }

    /// <summary>Copies between devices: directly where one reaches the other's memory, through the host where not.</summary>
    public static void BetweenDevices(DeviceBuffer from, DeviceBuffer to, GpuStream fromStream, GpuStream toStream)
    {
        if (from.Device.CanReach(to.Device))
        {
            var source = from.UseIn(fromStream, writes: false);
            var destination = to.UseIn(toStream, writes: true);
            using var written = fromStream.Record();
            written.Synchronize();
            lock (toStream.Gate)
            {
                toStream.Enter();
                to.Device.Check(
                    to.Device.Driver.MemcpyPeerAsync(
                        destination,
                        to.Device.Context,
                        source,
                        from.Device.Context,
                        (ulong)from.Bytes,
                        toStream.Handle
                    ),
                    nameof(IGpuDriver.MemcpyPeerAsync),
                    toStream
                );
            }

            to.Device.Counters.CountBetweenDevices(from.Bytes);
            toStream.Synchronize(); // the source may be written or freed from here on
            return;
        }

        var address = from.UseIn(fromStream, writes: false);
        var target = to.UseIn(toStream, writes: true);
        for (var done = 0L; done < from.Bytes; done += StagingRing.SlotBytes)
        {
            var count = (int)Math.Min(StagingRing.SlotBytes, from.Bytes - done);
            var slot = to.Device.Staging.Rent();
            try
            {
                Fetch(slot, count, address + (ulong)done, fromStream);
                fromStream.Synchronize();
            }
            catch
            {
                to.Device.Staging.ReturnLate(slot, fromStream);
                throw;
            }

            Send(slot, count, target + (ulong)done, toStream);
        }
    }
}
