using System.Diagnostics;
using System.Globalization;

namespace Mlir.Cli;

/// <summary>The time that each step of a command took; steps of one name count together.</summary>
internal sealed class StepClock
{
    private readonly List<(string Name, TimeSpan Time)> steps = [];
    private long last = Stopwatch.GetTimestamp();

    /// <summary>Ends a step, and begins the next one.</summary>
    public void Step(string name)
    {
        var now = Stopwatch.GetTimestamp();
        steps.Add((name, Stopwatch.GetElapsedTime(last, now)));
        last = now;
    }

    /// <summary>Writes one line a step.</summary>
    public void Report(TextWriter output)
    {
        foreach (var group in steps.GroupBy(step => step.Name))
        {
            var times = group.Select(step => step.Time.TotalMilliseconds).Order().ToList();
            var line =
                times.Count == 1
                    ? string.Create(CultureInfo.InvariantCulture, $"{times[0], 12:F3} ms  {group.Key}")
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{times[times.Count / 2], 12:F3} ms  {group.Key}: median of {times.Count}, least {times[0]:F3} ms"
                    );
            output.WriteLine(line);
        }
    }
}
