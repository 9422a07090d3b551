using Mlir.Dataflow;
using Mlir.Frontend;

namespace Mlir.Tests.Dataflow.Scheduling;

/// <summary>How a run ends that does not give its values.</summary>
public sealed class FailureTests
{
    [Test]
    public async Task A_failure_names_the_task_and_its_call_site()
    {
        var tasks = new Tasks();
        var a = tasks.Add("fine", _ => 1);
        var b = tasks.Add("divide", v => (int)v[0]! / 0.GetHashCode(), a);
        var error = await Assert.ThrowsAsync<TaskFailedException>(() => tasks.RunAsync([b]));
        Assert.Multiple(() =>
        {
            Assert.That(
                error!.Message,
                Is.EqualTo("the task divide of Program.cs(2) failed: Attempted to divide by zero.")
            );
            Assert.That(error!.TaskName, Is.EqualTo("divide"));
            Assert.That(error.Site.Line, Is.EqualTo(2));
            Assert.That(error.InnerException, Is.TypeOf<DivideByZeroException>());
        });
    }

    [TestCase(1)]
    [TestCase(0)]
    public async Task Nothing_that_needs_a_failed_task_runs(int parallelism)
    {
        var ran = 0;
        var tasks = new Tasks();
        var bad = tasks.Add("bad", _ => throw new InvalidOperationException("no"));
        var next = bad;
        for (var i = 0; i < 100; i++)
        {
            next = tasks.Add("after", _ => Interlocked.Increment(ref ran), next);
        }

        var error = await Assert.ThrowsAsync<TaskFailedException>(() =>
            tasks.RunAsync([next], new RunOptions { MaxParallelism = parallelism })
        );
        Assert.That(error!.TaskName, Is.EqualTo("bad"));
        Assert.That(ran, Is.Zero);
    }

    [Test]
    public async Task After_a_failure_no_other_task_starts()
    {
        var ran = 0;
        var tasks = new Tasks();
        tasks.Add("bad", _ => throw new InvalidOperationException("no"));
        var all = Enumerable
            .Range(0, 50)
            .Select(_ => tasks.Add("other", _ => Interlocked.Increment(ref ran)))
            .ToArray();
        await Assert.ThrowsAsync<TaskFailedException>(() =>
            tasks.RunAsync([.. all], new RunOptions { MaxParallelism = 1 })
        );
        Assert.That(ran, Is.Zero);
    }

    [Test]
    public async Task The_first_failure_wins_and_running_tasks_are_told_to_stop()
    {
        using var running = new ManualResetEventSlim();
        var tasks = new Tasks();
        var a = tasks.Add(
            "waits",
            _ =>
            {
                running.Set();
                TaskContext.CancellationToken.WaitHandle.WaitOne();
                throw new InvalidOperationException("later");
            }
        );
        var b = tasks.Add(
            "fails",
            _ =>
            {
                running.Wait();
                throw new InvalidOperationException("first");
            }
        );
        var error = await Assert.ThrowsAsync<TaskFailedException>(() =>
            tasks.RunAsync([a, b], new RunOptions { MaxParallelism = 2 })
        );
        Assert.That(error!.Message, Is.EqualTo("the task fails of Program.cs(2) failed: first"));
    }

    [TestCase(0)]
    [TestCase(2)]
    public async Task A_task_that_gives_a_wrong_number_of_results_fails(int results)
    {
        var graph = new TaskGraph(
            [new GraphTask("odd", TaskKind.Foreign, CallSite.Unknown, [], [0], _ => new object?[results])],
            1,
            [],
            [0]
        );
        var error = await Assert.ThrowsAsync<TaskFailedException>(() =>
            LocalScheduler.Instance.RunAsync(graph, RunOptions.Default, default)
        );
        Assert.That(error!.Message, Is.EqualTo($"the task odd failed: it gave {results} results, but its node has 1"));
    }

    [Test]
    public async Task A_run_that_is_cancelled_before_it_starts_runs_nothing()
    {
        var ran = false;
        var tasks = new Tasks();
        var a = tasks.Add("a", _ => ran = true);
        await Assert.ThrowsAsync<TaskCanceledException>(() => tasks.RunAsync([a], null, new CancellationToken(true)));
        Assert.That(ran, Is.False);
    }

    [TestCase(1)]
    [TestCase(0)]
    public async Task No_further_task_starts_once_a_run_is_cancelled(int parallelism)
    {
        using var source = new CancellationTokenSource();
        var ran = 0;
        var tasks = new Tasks();
        var next = tasks.Add(
            "cancels",
            _ =>
            {
                source.Cancel();
                return 0;
            }
        );
        for (var i = 0; i < 100; i++)
        {
            next = tasks.Add("after", _ => Interlocked.Increment(ref ran), next);
        }

        var error = await Assert.ThrowsAsync<TaskCanceledException>(() =>
            tasks.RunAsync([next], new RunOptions { MaxParallelism = parallelism }, source.Token)
        );
        Assert.That(error!.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(ran, Is.Zero);
    }

    [Test]
    public async Task A_running_task_can_end_early_when_the_run_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var tasks = new Tasks();
        var a = tasks.Add(
            "waits",
            _ =>
            {
                source.Cancel();
                TaskContext.CancellationToken.ThrowIfCancellationRequested();
                return 1;
            }
        );
        await Assert.ThrowsAsync<TaskCanceledException>(() => tasks.RunAsync([a], null, source.Token));
    }

    [Test]
    public async Task A_run_that_is_cancelled_when_all_is_done_gives_its_values()
    {
        using var source = new CancellationTokenSource();
        var tasks = new Tasks();
        var a = tasks.Add(
            "last",
            _ =>
            {
                source.Cancel();
                return 1;
            }
        );
        Assert.That(await tasks.RunAsync([a], null, source.Token), Is.EqualTo(new object[] { 1 }));
    }

    [Test]
    public async Task A_task_that_gives_up_by_itself_has_failed()
    {
        var tasks = new Tasks();
        var a = tasks.Add("own", _ => throw new OperationCanceledException("by itself"));
        var error = await Assert.ThrowsAsync<TaskFailedException>(() => tasks.RunAsync([a]));
        Assert.That(error!.Message, Is.EqualTo("the task own of Program.cs(1) failed: by itself"));
    }

    [Test]
    public void Outside_of_tasks_there_is_nothing_to_cancel() =>
        Assert.That(TaskContext.CancellationToken.CanBeCanceled, Is.False);
}
