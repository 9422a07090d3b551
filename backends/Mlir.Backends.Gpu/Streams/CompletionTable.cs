using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu.Streams;

/// <summary>
/// Who waits for a place in a stream. The driver calls a function when the stream comes there; a device that is lost calls nobody, so while
/// somebody waits a timer asks now and then whether it still is in order.
/// </summary>
internal sealed class CompletionTable : IDisposable
{
    private const int PatrolMilliseconds = 50;

    // What the driver is given is a number, not an object: one that comes late finds nothing.
    private static readonly ConcurrentDictionary<nint, StreamCompletion> Waiting = new();
    private static long lastNumber;

    private readonly GpuDevice device;
    private readonly Timer patrol;
    private readonly Lock gate = new();
    private readonly Dictionary<nint, StreamCompletion> own = [];

    public CompletionTable(GpuDevice device)
    {
        this.device = device;
        patrol = new Timer(
            static table => ((CompletionTable)table!).Patrol(),
            this,
            Timeout.Infinite,
            Timeout.Infinite
        );
    }

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return own.Count;
            }
        }
    }

    /// <summary>Tells a completion when the stream has come to where it is now. The device was entered, the stream is held.</summary>
    /// <remarks>A completion that could not be added, which is thrown, is told nothing.</remarks>
    public unsafe void Add(StreamCompletion completion)
    {
        var number = (nint)Interlocked.Increment(ref lastNumber);
        completion.Number = number;
        Waiting[number] = completion;
        lock (gate)
        {
            own[number] = completion;
            if (own.Count == 1)
            {
                patrol.Change(PatrolMilliseconds, PatrolMilliseconds);
            }
        }

        var result = device.Driver.LaunchHostFunc(completion.Stream.Handle, &OnReached, number);
        if (result != DriverResult.Success && Take(number) is not null)
        {
            // Nobody will say when the work before is done: who gives something back for it may do so now.
            _ = device.Driver.StreamSynchronize(completion.Stream.Handle);
            throw device.Explain(result, nameof(IGpuDriver.LaunchHostFunc), completion.Stream);
        }
    }

    /// <summary>Fails everything that waits: the device was lost.</summary>
    public void FailAll(GpuException failure)
    {
        nint[] numbers;
        lock (gate)
        {
            numbers = [.. own.Keys];
        }

        foreach (var number in numbers)
        {
            Take(number)?.Fail(failure);
        }
    }

    public void Dispose()
    {
        patrol.Dispose();
        FailAll(new DeviceLostException(device.Id, "it was disposed"));
    }

    [UnmanagedCallersOnly]
    private static void OnReached(nint number)
    {
        if (Waiting.TryGetValue(number, out var completion))
        {
            completion.Stream.Device.Completions.Take(number)?.Succeed();
        }
    }

    private StreamCompletion? Take(nint number)
    {
        if (!Waiting.TryRemove(number, out var completion))
        {
            return null;
        }

        lock (gate)
        {
            own.Remove(number);
            if (own.Count == 0)
            {
                _ = TryPause();
            }
        }

        return completion;
    }

    private bool TryPause()
    {
        try
        {
            return patrol.Change(Timeout.Infinite, Timeout.Infinite);
        }
        catch (ObjectDisposedException)
        {
            return false; // the device is being disposed
        }
    }

    private void Patrol()
    {
        GpuStream[] streams;
        lock (gate)
        {
            streams = [.. own.Values.Select(static completion => completion.Stream).Distinct()];
        }

        foreach (var stream in streams)
        {
            stream.Patrol();
        }
    }
}
