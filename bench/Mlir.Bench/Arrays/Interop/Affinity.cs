using System.Runtime.InteropServices;
using Mlir.Runtime;

namespace Mlir.Bench.Arrays.Interop;

/// <summary>Threads bound to processors, as the peers bind theirs: the caller to the first, its helper to the second.</summary>
internal static unsafe partial class Affinity
{
    /// <summary>Binds the calling thread, and the pool's other one when there are two; other systems than Linux are left alone.</summary>
    public static void Bind(WorkerPool pool)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var caller = Environment.CurrentManagedThreadId;
        var here = 0;
        pool.ParallelFor(
            pool.Threads,
            1,
            (_, _) =>
            {
                Bind(Environment.CurrentManagedThreadId == caller ? 0 : 1);

                // Each thread takes one piece: none goes on before all are here.
                Interlocked.Increment(ref here);
                SpinWait.SpinUntil(() => Volatile.Read(ref here) == pool.Threads, 1000);
            }
        );
    }

    private static void Bind(int processor)
    {
        var mask = 1ul << processor;
        _ = SchedSetAffinity(0, sizeof(ulong), &mask);
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SchedSetAffinity(int thread, nuint size, ulong* mask);
}
