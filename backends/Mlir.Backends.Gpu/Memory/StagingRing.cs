using System.Collections.Concurrent;
using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu.Memory;

/// <summary>Pinned memory of the host through which everything goes to and from a device: a few slots that are used in turn.</summary>
internal sealed class StagingRing(GpuDevice device) : IDisposable
{
    /// <summary>How many slots there are.</summary>
    public const int Slots = 4;

    /// <summary>The size of a slot.</summary>
    public const int SlotBytes = 8 << 20;

    private readonly SemaphoreSlim free = new(Slots, Slots);
    private readonly ConcurrentBag<nint> made = [];
    private readonly ConcurrentBag<nint> ready = [];
    private readonly ConcurrentQueue<(nint Slot, GpuStream User)> late = [];

    /// <summary>A slot, when there is one.</summary>
    public nint Rent()
    {
        free.Wait();
        return Take();
    }

    /// <inheritdoc cref="Rent"/>
    public async Task<nint> RentAsync(CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation).ConfigureAwait(false);
        return Take();
    }

    /// <summary>Gives a slot back, when the device no longer uses it.</summary>
    public void Return(nint slot)
    {
        ready.Add(slot);
        free.Release();
    }

    /// <summary>Gives a slot back after a failure: it is used again only when <paramref name="user"/>, which may still copy, is known to be done.</summary>
    public void ReturnLate(nint slot, GpuStream user)
    {
        late.Enqueue((slot, user));
        free.Release();
    }

    /// <summary>A slot's bytes.</summary>
    public static unsafe Span<byte> Bytes(nint slot, int count) => new((void*)slot, count);

    public void Dispose()
    {
        foreach (var slot in made)
        {
            Free(slot);
        }

        made.Clear();
        ready.Clear();
        late.Clear();
    }

    private bool TryTakeLate(out nint slot)
    {
        for (var count = late.Count; count > 0 && late.TryDequeue(out var next); count--)
        {
            if (next.User.IsQuiet)
            {
                slot = next.Slot;
                return true;
            }

            late.Enqueue(next);
        }

        slot = 0;
        return false;
    }

    private unsafe void Free(nint slot) => _ = device.Driver.MemFreeHost((void*)slot);

    private unsafe nint Take()
    {
        if (ready.TryTake(out var slot))
        {
            return slot;
        }

        try
        {
            if (TryTakeLate(out slot))
            {
                return slot;
            }

            device.Enter();
            device.Check(device.Driver.MemHostAlloc(out var memory, SlotBytes), nameof(IGpuDriver.MemHostAlloc));
            made.Add((nint)memory);
            return (nint)memory;
        }
        catch
        {
            free.Release();
            throw;
        }
    }
}
