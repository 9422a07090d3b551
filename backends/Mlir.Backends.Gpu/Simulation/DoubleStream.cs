using System.Collections.Immutable;

namespace Mlir.Backends.Gpu.Simulation;

/// <summary>A stream of the driver double: a worker of its own that does one thing after the other.</summary>
internal sealed class DoubleStream
{
    private readonly object gate = new();
    private readonly Queue<StreamWork> queue = [];
    private ImmutableArray<StreamWork>.Builder? captured;
    private bool isBusy,
        isClosed;

    public DoubleStream(DoubleDevice device)
    {
        Device = device;
        var worker = new Thread(Work) { IsBackground = true, Name = "stream of the driver double" };
        worker.Start();
    }

    public DoubleDevice Device { get; }

    /// <summary>Whether what is put in is written down instead of done.</summary>
    public bool IsCapturing => Volatile.Read(ref captured) is not null;

    /// <summary>Whether a call that may not happen during a capture has spoilt it.</summary>
    public bool IsCaptureSpoilt { get; set; }

    /// <summary>Whether everything was done.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return queue.Count == 0 && !isBusy;
            }
        }
    }

    public void Add(StreamWork work)
    {
        lock (gate)
        {
            if (captured is { } steps)
            {
                steps.Add(work);
                return;
            }

            queue.Enqueue(work);
            Monitor.PulseAll(gate);
        }
    }

    public void WaitUntilIdle()
    {
        lock (gate)
        {
            while (queue.Count > 0 || isBusy)
            {
                Monitor.Wait(gate);
            }
        }
    }

    public void BeginCapture()
    {
        IsCaptureSpoilt = false;
        Volatile.Write(ref captured, ImmutableArray.CreateBuilder<StreamWork>());
    }

    public ImmutableArray<StreamWork> EndCapture()
    {
        lock (gate)
        {
            var steps = captured!.ToImmutable();
            captured = null;
            return steps;
        }
    }

    /// <summary>Lets the worker end when it has done everything.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            Monitor.PulseAll(gate);
        }
    }

    private void Work()
    {
        while (Next() is { } work)
        {
            if (work.Always || !Device.IsLost)
            {
                Device.Guard(work);
            }
        }
    }

    private StreamWork? Next()
    {
        lock (gate)
        {
            isBusy = false;
            Monitor.PulseAll(gate);
            while (queue.Count == 0)
            {
                if (isClosed)
                {
                    return null;
                }

                Monitor.Wait(gate);
            }

            isBusy = true;
            return queue.Dequeue();
        }
    }
}
