using System.Numerics.Tensors;
using System.Text.Json;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Scheduling;

/// <summary>What a user sees of a run: progress, a report, a trace.</summary>
public sealed class ObservationTests
{
    private sealed class Listener(Action<RunProgress>? report = null) : IProgress<RunProgress>
    {
        public List<RunProgress> Reports { get; } = [];

        public void Report(RunProgress value)
        {
            Reports.Add(value);
            report?.Invoke(value);
        }
    }

    [Test]
    public async Task Progress_is_reported_after_every_task_if_so_asked_for()
    {
        var tasks = new Tasks();
        var value = tasks.Input(0);
        for (var i = 0; i < 4; i++)
        {
            value = tasks.Add("step", v => v[0], value);
        }

        var listener = new Listener();
        await tasks.RunAsync([value], new RunOptions { Progress = listener, ProgressInterval = TimeSpan.Zero });
        Assert.Multiple(() =>
        {
            Assert.That(listener.Reports.Select(r => r.Done), Is.EqualTo(new[] { 0, 1, 2, 3, 4, 4 }));
            Assert.That(listener.Reports.Select(r => r.Total), Is.All.EqualTo(4));
            Assert.That(
                listener.Reports.Select(r => r.IsOver),
                Is.EqualTo(new[] { false, false, false, false, false, true })
            );
            Assert.That(listener.Reports.Select(r => r.Elapsed), Is.Ordered);
        });
    }

    [Test]
    public async Task Progress_is_reported_while_a_task_runs_and_names_it()
    {
        using var seen = new ManualResetEventSlim();
        var listener = new Listener(r =>
        {
            if (r.Running.Contains("slow"))
            {
                seen.Set();
            }
        });
        var tasks = new Tasks();
        var slow = tasks.Add("slow", _ => seen.Wait(TimeSpan.FromMinutes(1)));
        var values = await tasks.RunAsync(
            [slow],
            new RunOptions { Progress = listener, ProgressInterval = TimeSpan.FromMilliseconds(1) }
        );
        Assert.That(values, Is.EqualTo(new object[] { true }));
        Assert.That(listener.Reports[^1], Is.EqualTo(listener.Reports[^1] with { Done = 1, IsOver = true }));
    }

    [Test]
    public async Task The_last_report_of_a_failed_run_says_how_far_it_came()
    {
        var listener = new Listener();
        var tasks = new Tasks();
        var a = tasks.Add("a", _ => 1);
        var b = tasks.Add("b", _ => throw new InvalidOperationException(), a);
        await Assert.ThrowsAsync<TaskFailedException>(() =>
            tasks.RunAsync([b], new RunOptions { Progress = listener })
        );
        Assert.That(listener.Reports[^1].Done, Is.EqualTo(1));
        Assert.That(listener.Reports[^1].IsOver, Is.True);
    }

    [Test]
    public async Task What_a_listener_throws_ends_the_run_and_not_the_process()
    {
        var listener = new Listener(_ => throw new NotSupportedException("no console"));
        var tasks = new Tasks();
        var a = tasks.Add("a", _ => 1);
        var error = await Assert.ThrowsAsync<NotSupportedException>(() =>
            tasks.RunAsync([a], new RunOptions { Progress = listener })
        );
        Assert.That(error!.Message, Is.EqualTo("no console"));
    }

    [Test]
    public async Task A_report_says_what_each_task_took()
    {
        RunReport? report = null;
        var tasks = new Tasks();
        var a = tasks.Add("tensor", _ => Tensor.Create([1.0, 2, 3, 4], [2, 2]));
        var b = tasks.Add("array", _ => new float[3], a);
        var c = tasks.Add("text", _ => "abc", b);
        var d = tasks.Add("tuple", _ => (1, new byte[10], (2L, "x")), c);
        var e = tasks.Add("scalar", _ => 1.5, d);
        var f = tasks.Add("object", _ => new object(), e);
        await tasks.RunAsync([f], new RunOptions { Completed = r => report = r });
        Assert.Multiple(() =>
        {
            Assert.That(
                report!.Tasks.Select(t => (t.Task.Name, t.Bytes)),
                Is.EqualTo(
                    new[] { ("tensor", 32L), ("array", 12), ("text", 6), ("tuple", 24), ("scalar", 8), ("object", 0) }
                )
            );
            Assert.That(report.Bytes, Is.EqualTo(82));
            Assert.That(report.Tasks.Select(t => t.Start), Is.Ordered);
            Assert.That(report.Tasks.Select(t => t.Start + t.Duration), Is.All.LessThanOrEqualTo(report.Elapsed));
            Assert.That(report.Tasks.Select(t => t.Thread), Is.All.GreaterThan(0));
        });
    }

    [Test]
    public async Task A_report_of_a_failed_run_holds_what_ran()
    {
        RunReport? report = null;
        var tasks = new Tasks();
        var a = tasks.Add("a", _ => 1);
        var b = tasks.Add("b", _ => throw new InvalidOperationException(), a);
        var c = tasks.Add("c", _ => 1, b);
        await Assert.ThrowsAsync<TaskFailedException>(() =>
            tasks.RunAsync([c], new RunOptions { Completed = r => report = r })
        );
        Assert.That(report!.Tasks.Select(t => t.Task.Name), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task A_trace_holds_a_complete_event_for_each_task()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "trace.json");
        var tasks = new Tasks();
        var a = tasks.Add("make \"x\"", _ => new double[2]);
        var b = tasks.Add("use", v => v[0], a);
        await tasks.RunAsync([b], new RunOptions { TracePath = path });
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var events = json.RootElement.GetProperty("traceEvents").EnumerateArray().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(
                events.Select(e => e.GetProperty("name").GetString()),
                Is.EqualTo(new[] { "make \"x\"", "use" })
            );
            Assert.That(events.Select(e => e.GetProperty("ph").GetString()), Is.All.EqualTo("X"));
            Assert.That(events.Select(e => e.GetProperty("cat").GetString()), Is.All.EqualTo("Foreign"));
            Assert.That(events.Select(e => e.GetProperty("ts").GetDouble()), Is.Ordered);
            Assert.That(events.Select(e => e.GetProperty("dur").GetDouble()), Is.All.GreaterThanOrEqualTo(0));
            Assert.That(events.Select(e => e.GetProperty("tid").GetInt32()), Is.All.GreaterThan(0));
            Assert.That(events.Select(e => e.GetProperty("args").GetProperty("bytes").GetInt64()), Is.All.EqualTo(16));
            Assert.That(
                events.Select(e => e.GetProperty("args").GetProperty("site").GetString()),
                Is.EqualTo(new[] { "Program.cs(1)", "Program.cs(2)" })
            );
        });
    }

    [Test]
    public async Task A_trace_that_cannot_be_written_is_an_error()
    {
        var tasks = new Tasks();
        var a = tasks.Add("a", _ => 1);
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() =>
            tasks.RunAsync([a], new RunOptions { TracePath = "/no/such/folder/trace.json" })
        );
    }
}
