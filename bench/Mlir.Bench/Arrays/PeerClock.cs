using System.Diagnostics;

namespace Mlir.Bench.Arrays;

/// <summary>The peers' rule for one measurement: batches of at least 4 ms, at least 5 samples, the median of them.</summary>
internal static class PeerClock
{
    private static readonly double Budget = double.TryParse(
        Environment.GetEnvironmentVariable("BUDGET"),
        System.Globalization.CultureInfo.InvariantCulture,
        out var seconds
    )
        ? seconds
        : 0.3;

    /// <summary>Median and minimum of a call in microseconds, and the inter-quartile range in percent of the median.</summary>
    public static (double Median, double Minimum, double Spread) Measure(Action call)
    {
        // The delegates around the kernel get their last tier before anything counts.
        var warm = Stopwatch.GetTimestamp();
        var calls = 0;
        do
        {
            call();
            calls++;
        } while (Stopwatch.GetElapsedTime(warm).TotalSeconds < 0.02 || (calls < 100 && Elapsed(warm) < 0.1));

        var start = Stopwatch.GetTimestamp();
        calls = 0;
        do
        {
            call();
            calls++;
        } while (Elapsed(start) < 0.02);
        var one = Elapsed(start) / calls;
        var inner = one < 0.004 ? (int)(0.004 / one) + 1 : 1;
        var samples = new double[Math.Clamp((int)(Budget / (one * inner)), 5, 41)];
        for (var i = 0; i < samples.Length; i++)
        {
            start = Stopwatch.GetTimestamp();
            for (var k = 0; k < inner; k++)
            {
                call();
            }

            samples[i] = Elapsed(start) / inner;
        }

        Array.Sort(samples);
        var median = samples[samples.Length / 2];
        var spread = (samples[3 * samples.Length / 4] - samples[samples.Length / 4]) / median;
        return (median * 1e6, samples[0] * 1e6, spread * 100);
    }

    private static double Elapsed(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;
}
