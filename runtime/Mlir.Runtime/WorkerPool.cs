using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Mlir.Runtime.Interop;

namespace Mlir.Runtime;

/// <summary>
/// Threads that share a loop's range with the thread that runs it. They live as long as the process, wait for the next
/// loop as long as the last one took before they sleep, and are started by the first loop that is large enough.
/// </summary>
/// <remarks>
/// A range is cut into chunks, and each chunk runs exactly once; what a loop computes must not depend on where the cuts
/// lie. A loop inside a loop, and a loop that begins while another thread's
/// loop has the workers, run on the thread that asked.
/// </remarks>
public sealed class WorkerPool
{
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
        var threads = ThreadsFor(count, grain);
        if (threads <= 1)
        {
            if (count > 0)
            {
                body(0, count);
            }

            return;
        }

        var loop = new ManagedLoop(body, count, grain, threads);
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
        var threads = ThreadsFor(count, grain);
        if (threads > 1)
        {
            Share(new KernelLoop(frame, body, context, count, grain, threads));
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

    /// <summary>How many threads a range is worth.</summary>
    private int ThreadsFor(long count, long grain) =>
        insideLoop
            ? 1
            : (int)Math.Min((count - 1) / Math.Max(grain, 1) + 1, limit == 0 ? Threads : Math.Min(limit, Threads));

    private void Share(Loop loop)
    {
        if (Interlocked.CompareExchange(ref current, loop, null) is not null)
        {
            Work(loop, 0); // the workers are taken
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

        Work(loop, 0);
        loop.WaitUntilDone();
        Volatile.Write(ref current, null);
    }

    private static void Work(Loop loop, int thread)
    {
        insideLoop = true;
        loop.RunChunks(thread);
        insideLoop = false;
    }

    private void Start()
    {
        lock (gate)
        {
            while (started < Threads - 1)
            {
                var number = ++started;
                new Thread(() => Serve(number)) { IsBackground = true, Name = $"mlir-worker-{number}" }.Start();
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

    private void Serve(int thread)
    {
        var seen = 0;
        var wait = new Wait(TimeSpan.Zero);
        while (true)
        {
            while (Volatile.Read(ref version) == seen && wait.Goes()) { }

            if (Volatile.Read(ref version) == seen)
            {
                Sleep(seen);
            }

            seen = Volatile.Read(ref version);
            if (Volatile.Read(ref current) is { } loop && thread < loop.Threads)
            {
                Work(loop, thread);
                wait = new Wait(loop.Age);
            }
        }
    }

    /// <summary>
    /// The time before a thread that has nothing to do sleeps: as long as the loop took that it just worked on. Waking a sleeper takes microseconds, and
    /// milliseconds on a virtual machine whose processor was given to somebody else; so loops that come one soon after the other find everybody awake, and
    /// nobody ever waits longer than it worked.
    /// </summary>
    private struct Wait(TimeSpan time)
    {
        // A spin is about 37 ns, so that these take 50 µs; then the processor is offered to whoever else wants it, again and again.
        private const int Spins = 1500;
        private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);

        private readonly TimeSpan time = time < Longest ? time : Longest;
        private int spins;
        private long start;

        /// <summary>Waits a moment, if it is not yet time to sleep.</summary>
        public bool Goes()
        {
            if (spins < Spins)
            {
                spins++;
                Thread.SpinWait(1);
                return true;
            }

            start = start == 0 ? Stopwatch.GetTimestamp() : start;
            Thread.Yield();
            return Stopwatch.GetElapsedTime(start) < time;
        }
    }

    /// <summary>
    /// A range in equal shares, one for each thread, the same ones each time, so that arrays stay in the caches of the cores that used them before. Of its
    /// share a thread claims half of what is left, again and again, and then of the shares of others, so that whoever is delayed leaves work to them.
    /// </summary>
    private abstract class Loop
    {
        // What threads write while others read lies 128 bytes apart: two cache lines, which processors fetch together.
        private const int Apart = 128 / sizeof(long);

        private readonly long start = Stopwatch.GetTimestamp();
        private readonly long count;
        private readonly long shortest;
        private readonly long[] claimed;
        private long pending;
        private bool asleep;

        protected Loop(long count, long grain, int threads)
        {
            Threads = threads;
            shortest = Math.Max(grain, 1);
            this.count = pending = count;
            claimed = new long[(threads + 1) * Apart];
            for (var share = 0; share < threads; share++)
            {
                Claimed(share) = Begin(share);
            }
        }

        /// <summary>The threads that work on it.</summary>
        public int Threads { get; }

        /// <summary>The time since the loop began.</summary>
        public TimeSpan Age => Stopwatch.GetElapsedTime(start);

        public void RunChunks(int thread)
        {
            var done = 0L;
            for (var i = 0; i < Threads; i++)
            {
                var share = (thread + i) % Threads;
                while (Claim(share, out var begin, out var end))
                {
                    if (!Stopped)
                    {
                        Run(begin, end);
                    }

                    done += end - begin;
                }
            }

            if (done > 0 && Interlocked.Add(ref pending, -done) == 0)
            {
                Wake();
            }
        }

        public void WaitUntilDone()
        {
            var wait = new Wait(Age);
            while (Volatile.Read(ref pending) > 0 && wait.Goes()) { }

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

        private long Begin(int share) => count / Threads * share + Math.Min(count % Threads, share);

        private ref long Claimed(int share) => ref claimed[(share + 1) * Apart];

        private bool Claim(int share, out long begin, out long end)
        {
            ref var next = ref Claimed(share);
            var limit = Begin(share + 1);
            begin = Volatile.Read(ref next);
            while (begin < limit)
            {
                end = Math.Min(begin + Math.Max((limit - begin) / 2, shortest), limit);
                var found = Interlocked.CompareExchange(ref next, end, begin);
                if (found == begin)
                {
                    return true;
                }

                begin = found;
            }

            end = begin;
            return false;
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

    private sealed class ManagedLoop(Action<long, long> body, long count, long grain, int threads)
        : Loop(count, grain, threads)
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
        long grain,
        int threads
    ) : Loop(count, grain, threads)
    {
        protected override bool Stopped => Volatile.Read(ref frame->Status) != 0;

        protected override void Run(long begin, long end) => body(context, begin, end);
    }
}
