using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Mlir.Backends.Gpu.Interop;
using Mlir.Ptx;

namespace Mlir.Backends.Gpu.Simulation;

internal sealed unsafe partial class DriverDouble
{
    private const int HostAlignment = 4096;

    private readonly ConcurrentDictionary<(DoubleDevice Device, ulong Address), ulong> memory = new();
    private readonly ConcurrentDictionary<nint, ulong> pinned = new();

    public DriverResult MemAlloc(out ulong address, ulong bytes)
    {
        address = 0;
        if (Enter(nameof(MemAlloc), out var device) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (bytes == 0)
        {
            return DriverResult.InvalidValue;
        }

        if (SpoilsCapture(device))
        {
            return DriverResult.StreamCaptureUnsupported;
        }

        try
        {
            address = device.Machine.Allocate(checked((long)bytes));
        }
        catch (PtxOutOfMemoryException)
        {
            return DriverResult.OutOfMemory;
        }

        memory[(device, address)] = bytes;
        return DriverResult.Success;
    }

    /// <summary>As the real one, it waits until the device has nothing to do.</summary>
    public DriverResult MemFree(ulong address)
    {
        if (Enter(nameof(MemFree), out var device) is var result and not DriverResult.Success)
        {
            if (device is { IsLost: true })
            {
                memory.TryRemove((device, address), out _); // the context took it along
            }

            return result;
        }

        foreach (var stream in handles.Values.OfType<DoubleStream>().Where(stream => stream.Device == device))
        {
            stream.WaitUntilIdle();
        }

        if (!memory.TryRemove((device, address), out _))
        {
            return DriverResult.InvalidValue;
        }

        device.Machine.Free(address);
        return DriverResult.Success;
    }

    public DriverResult MemHostAlloc(out void* host, ulong bytes)
    {
        host = null;
        if (Enter(nameof(MemHostAlloc), out _) is var result and not DriverResult.Success)
        {
            return result;
        }

        host = NativeMemory.AlignedAlloc((nuint)bytes, HostAlignment);
        pinned[(nint)host] = bytes;
        return DriverResult.Success;
    }

    public DriverResult MemFreeHost(void* host)
    {
        if (!pinned.TryRemove((nint)host, out _))
        {
            return DriverResult.InvalidValue;
        }

        NativeMemory.AlignedFree(host);
        return DriverResult.Success;
    }

    public DriverResult MemcpyHtoDAsync(ulong to, void* from, ulong bytes, nint stream)
    {
        if (EnterCopy(nameof(MemcpyHtoDAsync), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (!Holds(queue.Device, to, bytes))
        {
            return DriverResult.InvalidValue;
        }

        if (IsPinned(from, bytes))
        {
            var source = (nint)from;
            queue.Add(new StreamWork(() => Write(queue.Device, to, (byte*)source, bytes)));
        }
        else
        {
            var staged = new ReadOnlySpan<byte>(from, checked((int)bytes)).ToArray(); // read before the call returns
            queue.Add(
                new StreamWork(() =>
                {
                    fixed (byte* source = staged)
                    {
                        Write(queue.Device, to, source, bytes);
                    }
                })
            );
        }

        return DriverResult.Success;
    }

    public DriverResult MemcpyDtoHAsync(void* to, ulong from, ulong bytes, nint stream)
    {
        if (EnterCopy(nameof(MemcpyDtoHAsync), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (!Holds(queue.Device, from, bytes))
        {
            return DriverResult.InvalidValue;
        }

        var isPinned = IsPinned(to, bytes);
        var destination = (nint)to;
        queue.Add(
            new StreamWork(() =>
            {
                Faults.PassCopy();
                for (var done = 0UL; done < bytes; done += int.MaxValue)
                {
                    queue.Device.Machine.Read(
                        from + done,
                        new Span<byte>((byte*)destination + done, Part(bytes - done))
                    );
                }
            })
        );
        if (!isPinned)
        {
            queue.WaitUntilIdle(); // into ordinary memory the real one copies before it returns
        }

        return queue.Device.Status;
    }

    public DriverResult MemcpyDtoDAsync(ulong to, ulong from, ulong bytes, nint stream)
    {
        if (EnterCopy(nameof(MemcpyDtoDAsync), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (!Holds(queue.Device, to, bytes) || !Holds(queue.Device, from, bytes))
        {
            return DriverResult.InvalidValue;
        }

        queue.Add(
            new StreamWork(() =>
            {
                Faults.PassCopy();
                queue.Device.Machine.Copy(to, from, (long)bytes);
            })
        );
        return DriverResult.Success;
    }

    public DriverResult MemcpyPeerAsync(
        ulong to,
        nint toContext,
        ulong from,
        nint fromContext,
        ulong bytes,
        nint stream
    )
    {
        if (EnterCopy(nameof(MemcpyPeerAsync), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        var target = Array.Find(devices, device => device.Context == toContext);
        var source = Array.Find(devices, device => device.Context == fromContext);
        if (target is null || source is null || !Holds(target, to, bytes) || !Holds(source, from, bytes))
        {
            return DriverResult.InvalidValue;
        }

        if (!options.PeerAccess)
        {
            return DriverResult.PeerAccessUnsupported;
        }

        queue.Add(
            new StreamWork(() =>
            {
                Faults.PassCopy();
                var part = new byte[Math.Min(bytes, 1 << 20)];
                for (var done = 0UL; done < bytes; done += (ulong)part.Length)
                {
                    var span = part.AsSpan(0, (int)Math.Min((ulong)part.Length, bytes - done));
                    source.Machine.Read(from + done, span);
                    target.Machine.Write(to + done, span);
                }
            })
        );
        return DriverResult.Success;
    }

    public DriverResult MemsetD8Async(ulong to, byte value, ulong bytes, nint stream)
    {
        if (EnterCopy(nameof(MemsetD8Async), stream, out var queue) is var result and not DriverResult.Success)
        {
            return result;
        }

        if (!Holds(queue.Device, to, bytes))
        {
            return DriverResult.InvalidValue;
        }

        queue.Add(new StreamWork(() => queue.Device.Machine.Fill(to, (long)bytes, [value])));
        return DriverResult.Success;
    }

    private void Write(DoubleDevice device, ulong to, byte* from, ulong bytes)
    {
        Faults.PassCopy();
        for (var done = 0UL; done < bytes; done += int.MaxValue)
        {
            device.Machine.Write(to + done, new ReadOnlySpan<byte>(from + done, Part(bytes - done)));
        }
    }

    private static int Part(ulong bytes) => (int)Math.Min(bytes, int.MaxValue);

    private DriverResult EnterCopy(string function, nint handle, out DoubleStream stream)
    {
        stream = null!;
        if (Enter(function, out var device) is var result and not DriverResult.Success)
        {
            return result;
        }

        stream = Find<DoubleStream>(handle)!;
        return stream?.Device == device ? DriverResult.Success : DriverResult.InvalidHandle;
    }

    /// <summary>Whether a range lies inside one allocation.</summary>
    private bool Holds(DoubleDevice device, ulong address, ulong bytes)
    {
        foreach (var ((owner, start), length) in memory)
        {
            if (owner == device && address >= start && address - start <= length && bytes <= length - (address - start))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsPinned(void* host, ulong bytes)
    {
        foreach (var (start, length) in pinned)
        {
            if (
                (nint)host >= start
                && (ulong)((nint)host - start) <= length
                && bytes <= length - (ulong)((nint)host - start)
            )
            {
                return true;
            }
        }

        return false;
    }

    private void FreePinned()
    {
        foreach (var (host, _) in pinned)
        {
            NativeMemory.AlignedFree((void*)host);
        }
    }
}
