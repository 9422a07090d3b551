using System.Runtime.CompilerServices;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Scheduling;

/// <summary>Values do not live longer than somebody needs them.</summary>
public sealed class MemoryTests
{
    [TestCase(1)]
    [TestCase(0)]
    public async Task A_value_is_let_go_when_its_last_reader_is_done(int parallelism)
    {
        var tasks = new Tasks();
        var made = new WeakReference?[6];
        var alive = new List<bool>();
        var value = tasks.Add("make", _ => Make(made, 0));
        for (var i = 1; i < made.Length; i++)
        {
            var step = i;
            value = tasks.Add("next", _ => Next(step), value);
        }

        await tasks.RunAsync([value], new RunOptions { MaxParallelism = parallelism });
        Assert.That(alive, Is.EqualTo(new[] { false, false, false, false }));

        object Next(int i)
        {
            if (i >= 2)
            {
                Collect();
                alive.Add(made[i - 2]!.IsAlive);
            }

            return Make(made, i);
        }
    }

    [Test]
    public async Task A_value_stays_while_another_task_is_to_read_it()
    {
        var tasks = new Tasks();
        var made = new WeakReference?[1];
        var alive = new List<bool>();
        var value = tasks.Add("make", _ => Make(made, 0));
        var first = tasks.Add("first", _ => Look(), value);
        var second = tasks.Add("second", _ => Look(), value, first);
        var third = tasks.Add("third", _ => Look(), second);
        await tasks.RunAsync([third], new RunOptions { MaxParallelism = 1 });
        Assert.That(alive, Is.EqualTo(new[] { true, true, false }));

        object? Look()
        {
            Collect();
            alive.Add(made[0]!.IsAlive);
            return null;
        }
    }

    [Test]
    public async Task A_result_that_nobody_reads_is_not_kept()
    {
        var tasks = new Tasks();
        var made = new WeakReference?[1];
        tasks.Add("unread", _ => Make(made, 0));
        var alive = true;
        var last = tasks.Add(
            "last",
            _ =>
            {
                Collect();
                alive = made[0]!.IsAlive;
                return null;
            }
        );
        await tasks.RunAsync([last], new RunOptions { MaxParallelism = 1 });
        Assert.That(alive, Is.False);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object Make(WeakReference?[] made, int i)
    {
        var value = new byte[64];
        made[i] = new WeakReference(value);
        return value;
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
