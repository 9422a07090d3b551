using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace Mlir.Bench.Arrays;

/// <summary>
/// The peers' rule for one measurement: batches of at least 4 ms, at least 5 samples, the median of them; repeated while neighbours use more than
/// 12 % of a core and patience lasts, of which the least disturbed counts.
/// </summary>
internal static class PeerClock
{
    private const double Undisturbed = 0.12;

    // The delegates around a kernel reach their last tier some 100 ms after the runtime has seen them often enough; .NET's own compiler, which made
    // them and still works on what compiled the kernel, takes a processor from the threads of a loop meanwhile.
    private const double WarmUp = 0.4;
    private const double Settled = 0.15;
    private const double LongestSettling = 5;

    private static readonly double Budget = Setting("BUDGET", 0.3);

    /// <summary>Seconds that this process may still spend on waiting for quiet.</summary>
    private static double patience = Setting("PATIENCE", 20);

    /// <summary>Median and minimum of a call in microseconds, and the inter-quartile range in percent of the median.</summary>
    public static (double Median, double Minimum, double Spread) Measure(Action call)
    {
        var warm = Stopwatch.GetTimestamp();
        do
        {
            call();
        } while (Elapsed(warm) < WarmUp);
        Settle();

        var best = Once(call);
        while (best.Others > Undisturbed && patience > 0)
        {
            var start = Stopwatch.GetTimestamp();
            var next = Once(call);
            best = next.Others < best.Others ? next : best;
            patience -= Elapsed(start);
        }

        return (best.Median * 1e6, best.Minimum * 1e6, best.Spread * 100);
    }

    private static (double Median, double Minimum, double Spread, double Others) Once(Action call)
    {
        var start = Stopwatch.GetTimestamp();
        var calls = 0;
        do
        {
            call();
            calls++;
        } while (Elapsed(start) < 0.02);
        var one = Elapsed(start) / calls;
        var inner = one < 0.004 ? (int)(0.004 / one) + 1 : 1;
        var samples = new double[Math.Clamp((int)(Budget / (one * inner)), 5, 41)];
        var neighbours = new Neighbours();
        for (var i = 0; i < samples.Length; i++)
        {
            start = Stopwatch.GetTimestamp();
            for (var k = 0; k < inner; k++)
            {
                call();
            }

            samples[i] = Elapsed(start) / inner;
        }

        var others = neighbours.Share;
        Array.Sort(samples);
        var median = samples[samples.Length / 2];
        var spread = (samples[3 * samples.Length / 4] - samples[samples.Length / 4]) / median;
        return (median, samples[0], spread, others);
    }

    /// <summary>Waits until .NET compiles nothing more in the background.</summary>
    private static void Settle()
    {
        var start = Stopwatch.GetTimestamp();
        using var never = new ManualResetEventSlim();
        long before;
        do
        {
            before = JitInfo.GetCompiledMethodCount();
            never.Wait(TimeSpan.FromSeconds(Settled));
        } while (JitInfo.GetCompiledMethodCount() != before && Elapsed(start) < LongestSettling);
    }

    private static double Elapsed(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;

    private static double Setting(string name, double usual) =>
        double.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : usual;
}
