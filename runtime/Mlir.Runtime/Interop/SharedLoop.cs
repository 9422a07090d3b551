using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mlir.Runtime.Interop;

/// <summary>
/// The range that a pool's threads go through together, in equal shares, one for each thread, the same ones each time, so that arrays stay in the caches
/// of the cores that used them before. Of its share a thread claims half of what is left, again and again, and then of the shares of others, so that
/// whoever is delayed leaves work to them.
/// </summary>
/// <remarks>
/// One loop follows the other in the same memory, since what a loop costs beside its work is mostly the cache lines that threads have to get from each
/// other, and garbage that stops them all. A thread that comes late must not take one loop for the next: it takes its seat before it looks whether a loop
/// is open, and the next one is not written before all seats are empty.
/// </remarks>
internal sealed unsafe class SharedLoop
{
    // What threads write while others read lies two cache lines apart, which processors fetch together.
    private const int Apart = 128;

    private readonly byte[] memory;
    private readonly Range* range;
    private readonly Share* shares;
    private readonly Seat* seats;
    private bool ownerSleeps;

    /// <summary>Room for the loops of a pool.</summary>
    /// <param name="threads">The most threads that work on one.</param>
    public SharedLoop(int threads)
    {
        memory = GC.AllocateArray<byte>(Apart * (2 + (2 * threads)), pinned: true);
        var first = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(memory));
        range = (Range*)((first + Apart - 1) & -Apart);
        shares = (Share*)(range + 1);
        seats = (Seat*)(shares + threads);
        Seats = threads;
    }

    /// <summary>The number of the loop that is open, which is odd; even between two loops.</summary>
    public int Number => Volatile.Read(ref range->Number);

    private int Seats { get; }

    /// <summary>Opens the next loop to other threads. All seats are empty.</summary>
    /// <param name="body">Works on a sub-range.</param>
    /// <param name="context">The body's first argument.</param>
    /// <param name="status">Where the body says that the remaining sub-ranges are pointless, by another value than 0.</param>
    /// <param name="count">The length of the range.</param>
    /// <param name="shortest">The shortest sub-range, at least 1.</param>
    /// <param name="threads">How many threads work on it.</param>
    public void Open(
        delegate* unmanaged<void*, long, long, void> body,
        void* context,
        int* status,
        long count,
        long shortest,
        int threads
    )
    {
        range->Body = body;
        range->Context = context;
        range->Status = status;
        range->Shortest = shortest;
        range->Threads = threads;
        var (length, longer) = Math.DivRem(count, threads);
        var begin = 0L;
        for (var share = 0; share < threads; share++)
        {
            shares[share].Next = begin;
            shares[share].End = begin += share < longer ? length + 1 : length;
        }

        Interlocked.Increment(ref range->Number);
    }

    /// <summary>Takes part in the loop that is open, if any, until nothing is left to begin.</summary>
    /// <param name="thread">The thread's number in the pool, not the owner's 0.</param>
    /// <returns>The loop's number, even when none was open.</returns>
    public int Join(int thread)
    {
        Interlocked.Exchange(ref seats[thread].Taken, 1);
        var number = Number;
        if ((number & 1) != 0 && thread < range->Threads)
        {
            Work(thread);
        }

        // Who is about to sleep says so before it looks at the seats.
        Interlocked.Exchange(ref seats[thread].Taken, 0);
        if (Volatile.Read(ref ownerSleeps))
        {
            lock (this)
            {
                Monitor.PulseAll(this);
            }
        }

        return number;
    }

    /// <summary>Works on what is left of the loop, beginning with the thread's own share.</summary>
    /// <param name="thread">The thread's number, less than the loop's number of threads.</param>
    public void Work(int thread)
    {
        var threads = range->Threads;
        for (var i = 0; i < threads; i++)
        {
            var share = thread + i < threads ? thread + i : thread + i - threads;
            while (Claim(ref shares[share], out var begin, out var end))
            {
                if (Volatile.Read(ref *range->Status) == 0)
                {
                    range->Body(range->Context, begin, end);
                }
            }
        }
    }

    /// <summary>Ends the loop, of which nothing is left to begin: waits until everybody has left.</summary>
    public void Close()
    {
        Interlocked.Increment(ref range->Number);
        var wait = new IdleWait();
        for (var thread = 1; thread < Seats; thread++)
        {
            while (IsTaken(thread))
            {
                if (!wait.Goes())
                {
                    SleepUntilFree(thread);
                }
            }
        }
    }

    private bool IsTaken(int thread) => Volatile.Read(ref seats[thread].Taken) != 0;

    private void SleepUntilFree(int thread)
    {
        lock (this)
        {
            Volatile.Write(ref ownerSleeps, true);
            Interlocked.MemoryBarrier();
            while (IsTaken(thread))
            {
                Monitor.Wait(this);
            }

            Volatile.Write(ref ownerSleeps, false);
        }
    }

    private bool Claim(ref Share share, out long begin, out long end)
    {
        begin = Volatile.Read(ref share.Next);
        while (begin < share.End)
        {
            end = Math.Min(begin + Math.Max((share.End - begin) / 2, range->Shortest), share.End);
            var found = Interlocked.CompareExchange(ref share.Next, end, begin);
            if (found == begin)
            {
                return true;
            }

            begin = found;
        }

        end = begin;
        return false;
    }

    [StructLayout(LayoutKind.Sequential, Size = Apart)]
    private struct Range
    {
        public int Number;
        public int Threads;
        public long Shortest;
        public delegate* unmanaged<void*, long, long, void> Body;
        public void* Context;
        public int* Status;
    }

    [StructLayout(LayoutKind.Sequential, Size = Apart)]
    private struct Share
    {
        public long Next;
        public long End;
    }

    [StructLayout(LayoutKind.Sequential, Size = Apart)]
    private struct Seat
    {
        public int Taken;
    }
}
