using System.Diagnostics;
using System.Globalization;

namespace Mlir.Bench.Arrays;

/// <summary>How much of a core other processes, and the hypervisor, used since this was made: the peers' rule for a disturbed measurement.</summary>
internal readonly struct Neighbours
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double _busy = Busy();
    private readonly double _own = Own();

    public Neighbours() { }

    /// <summary>The share of one core; 0 where the system does not say.</summary>
    public double Share => Math.Max(0, Busy() - _busy - (Own() - _own)) / Stopwatch.GetElapsedTime(_start).TotalSeconds;

    private static double Own() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    /// <summary>Busy seconds of the whole machine since it started: user, nice, system, interrupts and what was stolen.</summary>
    private static double Busy()
    {
        if (!File.Exists("/proc/stat"))
        {
            return 0;
        }

        var line = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return ((int[])[1, 2, 3, 6, 7, 8]).Sum(i => double.Parse(line[i], CultureInfo.InvariantCulture)) / 100;
    }
}
