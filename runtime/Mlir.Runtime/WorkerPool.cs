using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
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
    // Where it takes several iterations to be worth a thread, a thread takes at least so many times that at once: to share the end of a short loop more
    // evenly costs more than it brings, because what one core has in its cache moves to the other. Where each iteration is worth a thread, it takes one.
    private const int LeastClaim = 4;

    [ThreadStatic]
    private static bool insideLoop;

    /// <summary>The most threads for loops that this thread starts; 0 for all.</summary>
    [ThreadStatic]
    private static int limit;

    private readonly object gate = new();
    private readonly SharedLoop loop;
    private int taken;
    private int sleepers;
    private int started;

    /// <summary>Creates a pool; its threads start when they are first needed.</summary>
    /// <param name="threads">The threads that work on a loop, the caller's included; at least 1.</param>
    public WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        loop = new SharedLoop(threads);
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
        if (threads > 1)
        {
            new ManagedBody(body).Run(this, count, grain, threads);
        }
        else if (count > 0)
        {
            body(0, count);
        }
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
        var isShared = threads > 1 && TryShare(body, context, &frame->Status, count, grain, threads);
        if (!isShared && count > 0)
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

    /// <summary>Whether the workers were free; if not, nothing was done.</summary>
    private unsafe bool TryShare(
        delegate* unmanaged<void*, long, long, void> body,
        void* context,
        int* status,
        long count,
        long grain,
        int threads
    )
    {
        if (Interlocked.CompareExchange(ref taken, 1, 0) != 0)
        {
            return false;
        }

        if (Volatile.Read(ref started) < Threads - 1)
        {
            Start();
        }

        loop.Open(body, context, status, count, grain > 1 ? LeastClaim * grain : 1, threads);

        // Who spins sees the loop without a lock; who sleeps has said so before it looked for the last time.
        if (Volatile.Read(ref sleepers) > 0)
        {
            lock (gate)
            {
                sleepers = 0;
                Monitor.PulseAll(gate);
            }
        }

        insideLoop = true;
        loop.Work(0);
        insideLoop = false;
        loop.Close();
        Volatile.Write(ref taken, 0);
        return true;
    }

    private void Start()
    {
        lock (gate)
        {
            while (started < Threads - 1)
            {
                var number = started + 1;
                new Thread(() => Serve(number)) { IsBackground = true, Name = $"mlir-worker-{number}" }.Start();
                started = number;
            }
        }
    }

    private void Serve(int thread)
    {
        insideLoop = true;
        var seen = 0;
        var wait = new IdleWait();
        while (true)
        {
            while (!IsOpen(seen))
            {
                if (!wait.Goes())
                {
                    Sleep(seen);
                    wait = new IdleWait(); // a loop that is over meanwhile may be followed by another one soon
                }
            }

            var begun = Stopwatch.GetTimestamp();
            seen = loop.Join(thread);
            wait = new IdleWait(Stopwatch.GetElapsedTime(begun));
        }
    }

    /// <summary>Whether a loop is open that is not the one just seen.</summary>
    private bool IsOpen(int seen)
    {
        var number = loop.Number;
        return number != seen && (number & 1) != 0;
    }

    private void Sleep(int seen)
    {
        lock (gate)
        {
            sleepers++;
            Interlocked.MemoryBarrier();
            if (IsOpen(seen))
            {
                sleepers--;
            }
            else
            {
                Monitor.Wait(gate);
            }
        }
    }

    /// <summary>A body in C#, called as a kernel's.</summary>
    private sealed unsafe class ManagedBody(Action<long, long> body)
    {
        private readonly Action<long, long> body = body;
        private int status;
        private ExceptionDispatchInfo? failure;

        public void Run(WorkerPool pool, long count, long grain, int threads)
        {
            var self = GCHandle.Alloc(this);
            try
            {
                fixed (int* stop = &status)
                {
                    if (!pool.TryShare(&Call, (void*)GCHandle.ToIntPtr(self), stop, count, grain, threads))
                    {
                        body(0, count);
                    }
                }
            }
            finally
            {
                self.Free();
            }

            failure?.Throw();
        }

        [UnmanagedCallersOnly]
        private static void Call(void* context, long begin, long end)
        {
            var self = (ManagedBody)GCHandle.FromIntPtr((nint)context).Target!;
            try
            {
                self.body(begin, end);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref self.failure, ExceptionDispatchInfo.Capture(exception), null);
                Volatile.Write(ref self.status, 1);
            }
        }
    }
}
