using System.Diagnostics;

namespace Mlir.Bench.Gpu;

/// <summary>Measures work that a device does while the host goes on.</summary>
internal static class Clock
{
    private const int Warmups = 3;
    private const int Samples = 7;
    private static readonly TimeSpan SampleTime = TimeSpan.FromMilliseconds(20);

    /// <summary>Microseconds a run, one figure a sample: as many runs one after the other as fill a sample, and one wait at its end.</summary>
    /// <param name="run">Puts one run in.</param>
    /// <param name="wait">Waits until the device is done.</param>
    /// <param name="isOnce">Whether one run without warming up is enough: on what only shows that everything works.</param>
    public static List<double> Measure(Action run, Action wait, bool isOnce)
    {
        if (isOnce)
        {
            return [Sample(run, wait, 1)];
        }

        Sample(run, wait, Warmups);
        var once = Sample(run, wait, 1);
        var runs = Math.Clamp((int)(SampleTime.TotalMicroseconds / once), 1, 10_000);
        return [.. Enumerable.Range(0, Samples).Select(_ => Sample(run, wait, runs))];
    }

    /// <summary>The figure in the middle.</summary>
    public static double Median(IReadOnlyCollection<double> samples) => samples.Order().ElementAt(samples.Count / 2);

    private static double Sample(Action run, Action wait, int runs)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < runs; i++)
        {
            run();
        }

        wait();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / runs;
    }
}
