using Mlir.Dataflow;
using Mlir.Frontend;

namespace Mlir.Tests.Dataflow.Scheduling;

/// <summary>What a run gives, whatever the order in which its tasks run.</summary>
public sealed class LocalSchedulerTests
{
    private static readonly int[] Parallelism = [0, 1, 2, 7];

    [TestCaseSource(nameof(Parallelism))]
    public async Task A_diamond_gives_its_value(int parallelism)
    {
        var tasks = new Tasks();
        var x = tasks.Input(3);
        var a = tasks.Add("a", v => (int)v[0]! + 1, x);
        var b = tasks.Add("b", v => (int)v[0]! * 10, a);
        var c = tasks.Add("c", v => (int)v[0]! * 100, a);
        var d = tasks.Add("d", v => (int)v[0]! + (int)v[1]!, b, c);
        var values = await tasks.RunAsync([d], new RunOptions { MaxParallelism = parallelism });
        Assert.That(values, Is.EqualTo(new object[] { 440 }));
    }

    [Test]
    public async Task Wanted_values_come_in_the_order_that_was_asked_for_even_twice_and_even_inputs()
    {
        var tasks = new Tasks();
        var x = tasks.Input("x");
        var a = tasks.Add("a", v => v[0] + "a", x);
        var values = await tasks.RunAsync([a, x, a]);
        Assert.That(values, Is.EqualTo(new object[] { "xa", "x", "xa" }));
    }

    [Test]
    public async Task A_graph_without_tasks_gives_its_inputs()
    {
        var tasks = new Tasks();
        var x = tasks.Input(null);
        Assert.That(await tasks.RunAsync([x]), Is.EqualTo(new object?[] { null }));
    }

    [Test]
    public async Task A_task_may_take_a_value_twice_and_give_several()
    {
        var site = CallSite.Unknown;
        var graph = new TaskGraph(
            [
                new GraphTask(
                    "split",
                    TaskKind.Foreign,
                    site,
                    [0, 0],
                    [1, 2],
                    a => [(int)a[0]! + (int)a[1]!, "second"]
                ),
                new GraphTask("join", TaskKind.Foreign, site, [1, 2, 1], [3], a => [$"{a[0]}{a[1]}{a[2]}"]),
            ],
            4,
            [new(0, 21)],
            [3]
        );
        var values = await LocalScheduler.Instance.RunAsync(graph, RunOptions.Default, default);
        Assert.That(values, Is.EqualTo(new object[] { "42second42" }));
    }

    [TestCase(0, 1_000_000)]
    [TestCase(1, 100_000)]
    public async Task A_long_chain_needs_no_stack(int parallelism, int length)
    {
        var tasks = new Tasks();
        var value = tasks.Input(0);
        for (var i = 0; i < length; i++)
        {
            value = tasks.Add("next", v => (int)v[0]! + 1, value);
        }

        var values = await tasks.RunAsync([value], new RunOptions { MaxParallelism = parallelism });
        Assert.That(values, Is.EqualTo(new object[] { length }));
    }

    [TestCaseSource(nameof(Parallelism))]
    public async Task Every_task_of_a_wide_graph_runs_once(int parallelism)
    {
        var tasks = new Tasks();
        var runs = new int[20_000];
        var first = tasks.Add("first", _ => 1);
        var all = Enumerable
            .Range(0, runs.Length)
            .Select(i =>
                tasks.Add(
                    "middle",
                    v => (int)v[0]! + (Interlocked.Increment(ref runs[i]) * 0),
                    i % 2 == 0 ? [first] : [first, first]
                )
            )
            .ToArray();
        var sum = tasks.Add("sum", v => v.Sum(x => (int)x!), [.. all]);
        var values = await tasks.RunAsync([sum], new RunOptions { MaxParallelism = parallelism });
        Assert.That(values, Is.EqualTo(new object[] { 20_000 }));
        Assert.That(runs, Is.All.EqualTo(1));
    }

    [Test]
    public async Task Tasks_beside_each_other_run_at_the_same_time()
    {
        using var together = new Barrier(2);
        var tasks = new Tasks();
        var a = tasks.Add("a", _ => together.SignalAndWait(TimeSpan.FromMinutes(1)));
        var b = tasks.Add("b", _ => together.SignalAndWait(TimeSpan.FromMinutes(1)));
        var values = await tasks.RunAsync([a, b], new RunOptions { MaxParallelism = 2 });
        Assert.That(values, Is.EqualTo(new object[] { true, true }));
    }

    [Test]
    public async Task Tasks_that_become_ready_at_once_run_at_the_same_time()
    {
        using var together = new Barrier(2);
        var tasks = new Tasks();
        var x = tasks.Add("x", _ => 0);
        var a = tasks.Add("a", _ => together.SignalAndWait(TimeSpan.FromMinutes(1)), x);
        var b = tasks.Add("b", _ => together.SignalAndWait(TimeSpan.FromMinutes(1)), x);
        var values = await tasks.RunAsync([a, b], new RunOptions { MaxParallelism = 2 });
        Assert.That(values, Is.EqualTo(new object[] { true, true }));
    }

    [TestCase(1)]
    [TestCase(3)]
    public async Task No_more_tasks_than_allowed_run_at_once(int parallelism)
    {
        var running = 0;
        var most = 0;
        var gate = new Lock();
        var tasks = new Tasks();
        var first = tasks.Add("first", _ => 0);
        var all = Enumerable.Range(0, 200).Select(i => tasks.Add("task", Count, first)).ToArray();
        await tasks.RunAsync([.. all], new RunOptions { MaxParallelism = parallelism });
        Assert.That(most, Is.InRange(1, parallelism));

        object? Count(object?[] arguments)
        {
            lock (gate)
            {
                most = Math.Max(most, ++running);
            }

            Thread.SpinWait(2_000);
            lock (gate)
            {
                running--;
            }

            return null;
        }
    }

    [TestCase(1)]
    [TestCase(0)]
    public async Task A_task_may_wait_for_a_run_of_its_own_without_deadlock(int parallelism)
    {
        var options = new RunOptions { MaxParallelism = parallelism };
        var tasks = new Tasks();
        var all = Enumerable.Range(0, 64).Select(i => tasks.Add("outer", _ => Nested(i, depth: 3))).ToArray();
        var values = await tasks.RunAsync([.. all], options);
        Assert.That(values, Is.EqualTo(Enumerable.Range(0, 64).Select(i => (object)(i + 8))));

        int Nested(int value, int depth)
        {
            var inner = new Tasks();
            var a = inner.Add("left", _ => depth == 1 ? value : Nested(value, depth - 1));
            var b = inner.Add("right", _ => depth == 1 ? 1 : 1 << (depth - 1));
            var sum = inner.Add("sum", v => (int)v[0]! + (int)v[1]!, a, b);
            return (int)inner.RunAsync([sum], options).GetAwaiter().GetResult()[0]! + (depth == 1 ? 1 : 0);
        }
    }

    [Test]
    public async Task A_run_that_is_over_at_once_ends_once()
    {
        // A worker that was woken late must not end a run that has ended: that would take the process down.
        var tasks = new Tasks();
        var a = tasks.Add("a", _ => 1);
        var b = tasks.Add("b", _ => 2);
        var c = tasks.Add("c", _ => 3);
        var graph = tasks.Graph(a, b, c);
        var options = new RunOptions { MaxParallelism = 8 };
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(RunOftenAsync)));

        async Task RunOftenAsync()
        {
            for (var i = 0; i < 2_000; i++)
            {
                var values = await LocalScheduler.Instance.RunAsync(graph, options, default);
                Assert.That(values, Has.Length.EqualTo(3));
            }
        }
    }

    [Test]
    public async Task Tasks_see_the_context_of_whom_the_run_was_started_by()
    {
        var ambient = new AsyncLocal<string> { Value = "mine" };
        var tasks = new Tasks();
        var a = tasks.Add("a", _ => ambient.Value);
        var b = tasks.Add("b", _ => ambient.Value, a);
        Assert.That(await tasks.RunAsync([a, b]), Is.EqualTo(new object[] { "mine", "mine" }));
    }

    [Test]
    public void A_graph_whose_task_reads_what_comes_later_is_refused()
    {
        var graph = new TaskGraph(
            [new GraphTask("early", TaskKind.Foreign, CallSite.Unknown, [1], [0], a => [null])],
            2,
            [],
            [0]
        );
        var error = Assert.Throws<ArgumentException>(() =>
            LocalScheduler.Instance.RunAsync(graph, RunOptions.Default, default)
        );
        Assert.That(error!.Message, Does.StartWith("early: slot 1 is read before a task fills it"));
    }

    [TestCase(2, "late: slot 2 is filled, but the graph has 2")]
    [TestCase(0, "late: slot 0 is filled twice")]
    public void A_graph_that_fills_a_wrong_slot_is_refused(int slot, string message)
    {
        var graph = new TaskGraph(
            [new GraphTask("late", TaskKind.Foreign, CallSite.Unknown, [], [slot], a => [null])],
            2,
            [new(0, 1)],
            [0]
        );
        var error = Assert.Throws<ArgumentException>(() =>
            LocalScheduler.Instance.RunAsync(graph, RunOptions.Default, default)
        );
        Assert.That(error!.Message, Does.StartWith(message));
    }

    [Test]
    public void A_wanted_value_that_nothing_fills_is_refused()
    {
        var graph = new TaskGraph([], 1, [], [0]);
        var error = Assert.Throws<ArgumentException>(() =>
            LocalScheduler.Instance.RunAsync(graph, RunOptions.Default, default)
        );
        Assert.That(error!.Message, Does.StartWith("the graph's outputs: slot 0 is read before a task fills it"));
    }
}
