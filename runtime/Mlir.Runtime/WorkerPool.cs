using System.Globalization;
using System.Runtime.ExceptionServices;
using Mlir.Runtime.Interop;

namespace Mlir.Runtime;

/// <summary>
/// Threads that share a loop's range with the thread that runs it. They live as long as the process, wait a moment for
/// the next loop before they sleep, and are started by the first loop that is large enough.
/// </summary>
/// <remarks>
/// A range is cut into chunks by its length and the number of threads, and each chunk runs exactly once; what a loop
/// computes must not depend on where the cuts lie. A loop inside a loop, and a loop that begins while another thread's
/// loop has the workers, run on the thread that asked.
/// </remarks>
public sealed class WorkerPool
{
    // Several chunks a thread: whoever is delayed leaves its share to the others.
    private const int ChunksPerThread = 4;

    // A spin is about 37 ns. A worker waits for some 50 µs before it sleeps: waking it costs the caller a few, so loops that come one soon after the
    // other find it awake, and those that do not can afford it.
    private const int Spins = 1500;

    [ThreadStatic]
    private static bool insideLoop;

    /// <summary>The most threads for loops that this thread starts; 0 for all.</summary>
    [ThreadStatic]
    private static int limit;

    private readonly object gate = new();
    private Loop? current;
    private int version;
    private int sleepers;
    private int started;

    /// <summary>Creates a pool; its threads start when they are first needed.</summary>
    /// <param name="threads">The threads that work on a loop, the caller's included; at least 1.</param>
    public WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
    }

    /// <summary>
    /// The pool that kernels use: one thread for each processor, or as many as the environment variable
    /// <c>MLIR_NUM_THREADS</c> says.
    /// </summary>
    public static WorkerPool Shared { get; } = new(DefaultThreads());

    /// <summary>The threads that work on a loop, the caller's included.</summary>
    public int Threads { get; }

    /// <summary>
    /// Until the result is disposed, loops that the calling thread starts run on at most <paramref name="threads"/> threads, in this pool and in every
    /// other. What kernels compute does not depend on it.
    /// </summary>
    /// <param name="threads">The threads that may work on a loop, the caller's included; at least 1.</param>
    /// <example><code>using (WorkerPool.Limit(1)) { result = kernel.Invoke(x); }</code></example>
    public static ThreadLimit Limit(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var before = limit;
        limit = threads;
        return new ThreadLimit(before);
    }

    /// <summary>A limit on threads that ends when it is disposed, on the thread that set it.</summary>
    public readonly ref struct ThreadLimit
    {
        private readonly int before;

        internal ThreadLimit(int before) => this.before = before;

        /// <summary>Puts the limit back that was there before.</summary>
        public void Dispose() => limit = before;
    }

    /// <summary>Runs a body over sub-ranges that together cover <c>0 … count</c> once.</summary>
    /// <param name="count">The length of the range.</param>
    /// <param name="grain">The shortest sub-range worth a thread; up to this length the caller runs all of it.</param>
    /// <param name="body">Gets the begin and the end of a sub-range; may run on several threads at once.</param>
    /// <exception cref="Exception">The first exception that a body threw; sub-ranges not yet begun are dropped.</exception>
    public void ParallelFor(long count, long grain, Action<long, long> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var parts = Parts(count, grain);
        if (parts <= 1)
        {
            if (count > 0)
            {
                body(0, count);
            }

            return;
        }

        var loop = new ManagedLoop(body, count, parts);
        Share(loop);
        loop.Failure?.Throw();
    }

    /// <summary>Runs a kernel's loop body; see <see cref="KernelFrame.ParallelFor"/>.</summary>
    internal unsafe void Run(
        KernelFrame* frame,
        delegate* unmanaged<void*, long, long, void> body,
        void* context,
        long count,
        long grain
    )
    {
        var parts = Parts(count, grain);
        if (parts > 1)
        {
            Share(new KernelLoop(frame, body, context, count, parts));
        }
        else if (count > 0)
        {
            body(context, 0, count);
        }
    }

    private static int DefaultThreads() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("MLIR_NUM_THREADS"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var threads
        )
        && threads > 0
            ? Math.Min(threads, 1024)
            : Environment.ProcessorCount;

    /// <summary>The chunks to cut a range into; 1 when the caller does it alone.</summary>
    private int Parts(long count, long grain)
    {
        grain = Math.Max(grain, 1);
        var threads = AllowedThreads;
        return count <= grain || threads == 1 || insideLoop
            ? 1
            : Even(count, (int)Math.Min((count - 1) / grain + 1, (long)threads * ChunksPerThread), threads);
    }

    /// <summary>
    /// The number of chunks, at most <paramref name="most"/>, with which threads of equal speed are done first: a short range gets one chunk or two for
    /// each thread rather than an uneven number.
    /// </summary>
    private static int Even(long count, int most, int threads)
    {
        var (best, shortest) = (most, long.MaxValue);
        for (var parts = most; parts > 1; parts = parts > threads ? Math.Max(threads, parts - threads) : 1)
        {
            var chunk = (count - 1) / parts + 1;
            var chunks = (count - 1) / chunk + 1;
            var time = ((chunks - 1) / threads + 1) * chunk;
            if (time < shortest)
            {
                (best, shortest) = (parts, time);
            }
        }

        return best;
    }

    private int AllowedThreads => limit == 0 ? Threads : Math.Min(limit, Threads);

    private void Share(Loop loop)
    {
        loop.Seats = AllowedThreads - 1;
        if (Interlocked.CompareExchange(ref current, loop, null) is not null)
        {
            Work(loop); // the workers are taken
            return;
        }

        if (Volatile.Read(ref started) < Threads - 1)
        {
            Start();
        }

        // Who spins sees the version without a lock; who sleeps has said so before it looked at the version for the last time.
        Interlocked.Increment(ref version);
        if (Volatile.Read(ref sleepers) > 0)
        {
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }
        }

        Work(loop);
        loop.WaitUntilDone();
        Volatile.Write(ref current, null);
    }

    private static void Work(Loop loop)
    {
        insideLoop = true;
        loop.RunChunks();
        insideLoop = false;
    }

    private void Start()
    {
        lock (gate)
        {
            while (started < Threads - 1)
            {
                started++;
                new Thread(Serve) { IsBackground = true, Name = $"mlir-worker-{started}" }.Start();
            }
        }
    }

    private void Sleep(int seen)
    {
        lock (gate)
        {
            sleepers++;
            Interlocked.MemoryBarrier();
            while (Volatile.Read(ref version) == seen)
            {
                Monitor.Wait(gate);
            }

            sleepers--;
        }
    }

    private void Serve()
    {
        var seen = 0;
        while (true)
        {
            for (var spin = 0; spin < Spins && Volatile.Read(ref version) == seen; spin++)
            {
                Thread.SpinWait(1);
            }

            if (Volatile.Read(ref version) == seen)
            {
                Sleep(seen);
            }

            seen = Volatile.Read(ref version);
            if (Volatile.Read(ref current) is { } loop && Interlocked.Decrement(ref loop.Seats) >= 0)
            {
                Work(loop);
            }
        }
    }

    /// <summary>A range cut into chunks, which threads claim one after the other.</summary>
    private abstract class Loop
    {
        private readonly long count;
        private readonly long chunk;
        private long claimed;
        private long pending;
        private bool asleep;

        /// <summary>How many workers may still join the caller.</summary>
        public int Seats;

        protected Loop(long count, int parts)
        {
            // Chunk borders at multiples of 64 elements keep two threads off one cache line.
            var even = (count - 1) / parts + 1;
            chunk = even >= 64 ? (even + 63) & ~63L : even;
            this.count = pending = count;
        }

        public void RunChunks()
        {
            while (true)
            {
                var begin = Interlocked.Add(ref claimed, chunk) - chunk;
                if (begin >= count)
                {
                    return;
                }

                var end = Math.Min(begin + chunk, count);
                if (!Stopped)
                {
                    Run(begin, end);
                }

                if (Interlocked.Add(ref pending, begin - end) == 0)
                {
                    Wake();
                }
            }
        }

        public void WaitUntilDone()
        {
            for (var spin = 0; spin < Spins && Volatile.Read(ref pending) > 0; spin++)
            {
                Thread.SpinWait(1);
            }

            if (Volatile.Read(ref pending) > 0)
            {
                lock (this)
                {
                    Volatile.Write(ref asleep, true);
                    Interlocked.MemoryBarrier();
                    while (Volatile.Read(ref pending) > 0)
                    {
                        Monitor.Wait(this);
                    }
                }
            }
        }

        /// <summary>Whether a failure makes the remaining chunks pointless.</summary>
        protected abstract bool Stopped { get; }

        protected abstract void Run(long begin, long end);

        private void Wake()
        {
            // Who is about to sleep says so before it looks at what is pending, and what is pending was counted down before this look.
            if (Volatile.Read(ref asleep))
            {
                lock (this)
                {
                    Monitor.PulseAll(this);
                }
            }
        }
    }

    private sealed class ManagedLoop(Action<long, long> body, long count, int parts) : Loop(count, parts)
    {
        private ExceptionDispatchInfo? failure;

        public ExceptionDispatchInfo? Failure => failure;

        protected override bool Stopped => Volatile.Read(ref failure) is not null;

        protected override void Run(long begin, long end)
        {
            try
            {
                body(begin, end);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            }
        }
    }

    private sealed unsafe class KernelLoop(
        KernelFrame* frame,
        delegate* unmanaged<void*, long, long, void> body,
        void* context,
        long count,
        int parts
    ) : Loop(count, parts)
    {
        protected override bool Stopped => Volatile.Read(ref frame->Status) != 0;

        protected override void Run(long begin, long end) => body(context, begin, end);
    }
}
