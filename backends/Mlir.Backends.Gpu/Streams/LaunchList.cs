using System.Runtime.InteropServices;
using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu.Streams;

/// <summary>
/// Launches that belong together, put into a stream at once. A list that is put in a second time with the same kernels, sizes, addresses and numbers
/// is captured into a graph, which the driver replays from then on; a list that differs is put in launch by launch, and counts from one again.
/// Filling it again allocates nothing once it was as long before. Not for several threads at once.
/// </summary>
internal sealed unsafe class LaunchList(GpuDevice device) : IDisposable
{
    private readonly List<Entry> entries = [];
    private readonly List<ulong> arguments = [];
    private readonly List<Entry> lastEntries = [];
    private readonly List<ulong> lastArguments = [];
    private nint[] addresses = [];
    private nint graph;
    private int runs;
    private bool isRefused;

    /// <summary>Whether a list that repeats may become a graph.</summary>
    public bool MayReplay { get; init; } = true;

    /// <summary>How many steps there are.</summary>
    public int Count => entries.Count;

    /// <summary>Whether the list was put in as a graph the last time.</summary>
    public bool IsReplayed => graph != 0;

    /// <summary>Starts anew.</summary>
    public void Clear()
    {
        entries.Clear();
        arguments.Clear();
    }

    /// <summary>Adds a launch; one of no blocks is none.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="grid">How many threads.</param>
    /// <param name="values">The arguments, eight bytes each: an address, or a number in the low bytes.</param>
    public void AddLaunch(GpuKernel kernel, in GpuGrid grid, ReadOnlySpan<ulong> values)
    {
        if (grid.IsEmpty)
        {
            return;
        }

        kernel.AllowShared(grid.SharedBytes);
        entries.Add(new Entry(kernel, grid, arguments.Count, values.Length));
        foreach (var value in values)
        {
            arguments.Add(value);
        }
    }

    /// <summary>Adds a copy on the device.</summary>
    public void AddCopy(ulong to, ulong from, ulong bytes)
    {
        if (bytes == 0)
        {
            return;
        }

        entries.Add(new Entry(null, default, arguments.Count, 3));
        arguments.Add(to);
        arguments.Add(from);
        arguments.Add(bytes);
    }

    /// <summary>Adds setting bytes to zero.</summary>
    public void AddClear(ulong to, ulong bytes)
    {
        if (bytes == 0)
        {
            return;
        }

        entries.Add(new Entry(null, default, arguments.Count, 2));
        arguments.Add(to);
        arguments.Add(bytes);
    }

    /// <summary>Puts everything into a stream.</summary>
    public void Submit(GpuStream stream)
    {
        if (entries.Count == 0)
        {
            return;
        }

        device.Enter();
        if (IsAsBefore())
        {
            runs++;
        }
        else
        {
            runs = 1;
            Forget();
            lastEntries.AddRange(entries);
            lastArguments.AddRange(arguments);
        }

        var mayReplay =
            MayReplay && device.Options.UseGraphs && device.Driver.HasGraphs && !device.IsDebug && !isRefused;
        if (runs == 2 && mayReplay && entries.Count > 1)
        {
            Capture();
        }

        lock (stream.Gate)
        {
            stream.Enter();
            if (graph != 0)
            {
                Note(stream);
                device.Check(device.Driver.GraphLaunch(graph, stream.Handle), nameof(IGpuDriver.GraphLaunch), stream);
                device.Counters.CountGraphLaunch();
            }
            else
            {
                PutIn(stream);
            }
        }
    }

    public void Dispose() => Forget();

    private bool IsAsBefore() =>
        AsSpan(entries).SequenceEqual(AsSpan(lastEntries)) && AsSpan(arguments).SequenceEqual(AsSpan(lastArguments));

    private static ReadOnlySpan<T> AsSpan<T>(List<T> list) => CollectionsMarshal.AsSpan(list);

    private void Forget()
    {
        lastEntries.Clear();
        lastArguments.Clear();
        if (graph != 0)
        {
            _ = device.Driver.GraphExecDestroy(graph);
            graph = 0;
        }
    }

    /// <summary>Captures the list in a stream that nobody else uses, so that nobody's calls can spoil it.</summary>
    private void Capture()
    {
        var stream = device.CaptureStream;
        lock (stream.Gate)
        {
            stream.Enter();
            var driver = device.Driver;
            device.Check(driver.StreamBeginCapture(stream.Handle), nameof(IGpuDriver.StreamBeginCapture), stream);
            DriverResult result;
            nint captured;
            try
            {
                PutIn(stream, isCaptured: true);
            }
            finally
            {
                result = driver.StreamEndCapture(stream.Handle, out captured);
            }

            if (result == DriverResult.Success)
            {
                result = driver.GraphInstantiate(out graph, captured);
                _ = driver.GraphDestroy(captured);
            }

            if (result == DriverResult.Success)
            {
                device.Counters.CountGraphCapture();
                return;
            }

            graph = 0;
            if (result.IsSticky)
            {
                throw device.Explain(result, nameof(IGpuDriver.GraphInstantiate), stream);
            }

            isRefused = true; // what cannot be captured is put in launch by launch, now and later
        }
    }

    private void PutIn(GpuStream stream, bool isCaptured = false)
    {
        if (addresses.Length < arguments.Count)
        {
            addresses = new nint[arguments.Capacity];
        }

        fixed (ulong* values = AsSpan(arguments))
        fixed (nint* pointers = addresses)
        {
            for (var i = 0; i < arguments.Count; i++)
            {
                pointers[i] = (nint)(values + i);
            }

            foreach (ref readonly var entry in AsSpan(entries))
            {
                var first = values + entry.First;
                if (entry.Kernel is { } kernel)
                {
                    stream.Launch(kernel, entry.Grid, (void**)(pointers + entry.First), isCaptured);
                }
                else if (entry.Count == 3)
                {
                    device.Check(
                        device.Driver.MemcpyDtoDAsync(first[0], first[1], first[2], stream.Handle),
                        nameof(IGpuDriver.MemcpyDtoDAsync),
                        stream
                    );
                }
                else
                {
                    device.Check(
                        device.Driver.MemsetD8Async(first[0], 0, first[1], stream.Handle),
                        nameof(IGpuDriver.MemsetD8Async),
                        stream
                    );
                }
            }
        }
    }

    private void Note(GpuStream stream)
    {
        foreach (ref readonly var entry in AsSpan(entries))
        {
            if (entry.Kernel is { } kernel)
            {
                stream.Note(kernel, entry.Grid);
            }
        }
    }

    /// <summary>A launch, a copy (three arguments) or a clearing (two).</summary>
    private readonly record struct Entry(GpuKernel? Kernel, GpuGrid Grid, int First, int Count);
}
