using System.Diagnostics;

namespace Mlir.Backends.Gpu.Simulation;

/// <summary>A place in a stream that work elsewhere can wait for.</summary>
internal sealed class Completion
{
    private readonly Lock own = new();
    private readonly ManualResetEventSlim done = new(false);

    /// <summary>Whether the stream has come here.</summary>
    public bool IsDone => done.IsSet;

    /// <summary>When it came here, as <see cref="Stopwatch"/> counts.</summary>
    public long Time { get; private set; }

    public void Signal()
    {
        lock (own)
        {
            Time = Stopwatch.GetTimestamp();
            done.Set();
        }
    }

    public void Wait() => done.Wait();
}
