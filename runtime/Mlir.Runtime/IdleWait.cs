using System.Diagnostics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Mlir.Runtime;

/// <summary>
/// The time before a thread that has nothing to do sleeps: 50 µs, and then as long as it worked before. Waking a sleeper takes microseconds, and
/// milliseconds on a virtual machine whose processor was given to somebody else; so loops that come one soon after the other find everybody awake, and
/// nobody waits much longer than it worked.
/// </summary>
/// <param name="worked">How long the thread worked.</param>
internal struct IdleWait(TimeSpan worked)
{
    // The clock is asked after so many pauses, which take about a microsecond.
    private const int Pauses = 64;
    private static readonly TimeSpan Spinning = TimeSpan.FromMicroseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);

    private readonly TimeSpan time = worked < Longest ? worked : Longest;
    private int pauses;
    private long start;

    /// <summary>Waits a moment, if it is not yet time to sleep.</summary>
    /// <returns>Whether it waited.</returns>
    public bool Goes()
    {
        Pause();
        if (++pauses % Pauses != 0)
        {
            return true;
        }

        start = start == 0 ? Stopwatch.GetTimestamp() : start;
        var elapsed = Stopwatch.GetElapsedTime(start);
        if (elapsed < Spinning)
        {
            return true;
        }

        Thread.Yield(); // offers the processor to whoever else wants it
        pauses = Pauses - 1; // from now on each time
        return elapsed < time;
    }

    private static void Pause()
    {
        if (X86Base.IsSupported)
        {
            X86Base.Pause();
        }
        else if (ArmBase.IsSupported)
        {
            ArmBase.Yield();
        }
        else
        {
            Thread.SpinWait(1);
        }
    }
}
