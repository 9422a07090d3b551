using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using Mlir.Runtime;

namespace Mlir.Tests.Runtime;

public sealed class WorkerPoolTests
{
    private static readonly WorkerPool One = new(1);
    private static readonly WorkerPool Four = new(4);

    [Test]
    public void Every_index_runs_exactly_once()
    {
        var property = Prop.ForAll(
            Gen.Choose(0, 5000).SelectMany(count => Gen.Choose(0, 700).Select(grain => (count, grain))).ToArbitrary(),
            shape =>
            {
                var hits = new int[shape.count];
                Four.ParallelFor(
                    shape.count,
                    shape.grain,
                    (begin, end) =>
                    {
                        for (var i = begin; i < end; i++)
                        {
                            Interlocked.Increment(ref hits[i]);
                        }
                    }
                );
                return hits.All(hit => hit == 1);
            }
        );
        Check.QuickThrowOnFailure(property);
    }

    [Test]
    public void A_range_up_to_the_grain_runs_on_the_caller_in_one_piece()
    {
        var ranges = new List<(long, long, int)>();
        Four.ParallelFor(100, 100, (begin, end) => ranges.Add((begin, end, Environment.CurrentManagedThreadId)));
        Assert.That(ranges, Is.EqualTo(new[] { (0L, 100L, Environment.CurrentManagedThreadId) }));
    }

    [TestCase(2, 1, 1)]
    [TestCase(8, 1, 1)]
    [TestCase(10_000, 4_000, 3_334)]
    [TestCase(10_000, 1_500, 2_500)]
    [TestCase(10_000, 200, 1_250)]
    [TestCase(10_000, 400, 1_600)]
    [TestCase(10_000_000, 1, 1_250_000)]
    public void The_first_part_of_a_thread_is_half_of_its_share_but_not_less_than_four_times_what_is_worth_a_thread(
        long count,
        long grain,
        long longest
    )
    {
        var lengths = new ConcurrentDictionary<long, long>();
        Four.ParallelFor(count, grain, (begin, end) => lengths[begin] = end - begin);
        Assert.That(lengths.Values.Sum(), Is.EqualTo(count));
        Assert.That(lengths.Values.Max(), Is.EqualTo(longest));
        Assert.That(lengths[0], Is.EqualTo(longest));
    }

    [Test]
    public void A_thread_begins_with_the_same_share_each_time()
    {
        var pool = new WorkerPool(2);
        var first = new ConcurrentDictionary<long, int>();
        for (var round = 0; round < 5; round++)
        {
            using var barrier = new Barrier(2); // both have begun before either goes on
            pool.ParallelFor(
                2,
                1,
                (begin, _) =>
                {
                    Assert.That(
                        first.GetOrAdd(begin, Environment.CurrentManagedThreadId),
                        Is.EqualTo(Environment.CurrentManagedThreadId)
                    );
                    Assert.That(barrier.SignalAndWait(TimeSpan.FromSeconds(30)), Is.True);
                }
            );
        }

        Assert.That(first[0], Is.EqualTo(Environment.CurrentManagedThreadId));
        Assert.That(first[1], Is.Not.EqualTo(first[0]));
    }

    [Test]
    public void Loops_that_come_long_after_each_other_find_the_workers_again()
    {
        var pool = new WorkerPool(2);
        for (var round = 0; round < 3; round++)
        {
            Assert.That(ThreadsOf(pool, 2), Is.EqualTo(2));
            new ManualResetEventSlim().Wait(TimeSpan.FromMilliseconds(100)); // longer than a worker waits
        }
    }

    [Test]
    public void One_thread_means_the_caller_alone()
    {
        var threads = new ConcurrentDictionary<int, bool>();
        One.ParallelFor(1000, 1, (_, _) => threads[Environment.CurrentManagedThreadId] = true);
        Assert.That(threads.Keys, Is.EqualTo(new[] { Environment.CurrentManagedThreadId }));
    }

    [Test]
    public void A_limit_holds_for_its_thread_until_it_is_disposed()
    {
        var pool = new WorkerPool(4);
        Assert.That(ThreadsOf(pool, 2), Is.GreaterThan(1));
        using (WorkerPool.Limit(1))
        {
            Assert.That(ThreadsOf(pool, 1), Is.EqualTo(1));
            using (WorkerPool.Limit(2))
            {
                Assert.That(ThreadsOf(pool, 2), Is.EqualTo(2));
            }

            Assert.That(ThreadsOf(pool, 1), Is.EqualTo(1));
        }

        Assert.That(ThreadsOf(pool, 2), Is.GreaterThan(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkerPool.Limit(0));
    }

    /// <summary>How many threads work on a loop whose chunks wait until <paramref name="awaited"/> of them are at work.</summary>
    private static int ThreadsOf(WorkerPool pool, int awaited)
    {
        var threads = new ConcurrentDictionary<int, bool>();
        pool.ParallelFor(
            1024,
            1,
            (_, _) =>
            {
                threads[Environment.CurrentManagedThreadId] = true;
                SpinWait.SpinUntil(() => threads.Count >= awaited, 5000);
            }
        );
        return threads.Count;
    }

    [Test]
    public void A_long_range_reaches_other_threads()
    {
        // Each chunk waits for a second one: only two threads at once get past the barrier.
        using var barrier = new Barrier(2);
        var met = 0;
        Four.ParallelFor(
            2,
            1,
            (_, _) =>
            {
                if (barrier.SignalAndWait(TimeSpan.FromSeconds(30)))
                {
                    Interlocked.Increment(ref met);
                }
            }
        );
        Assert.That(met, Is.EqualTo(2));
    }

    [Test]
    public void A_loop_inside_a_loop_runs_on_its_own_thread()
    {
        var elsewhere = 0;
        long total = 0;
        Four.ParallelFor(
            64,
            1,
            (begin, end) =>
            {
                var self = Environment.CurrentManagedThreadId;
                for (var i = begin; i < end; i++)
                {
                    Four.ParallelFor(
                        1000,
                        1,
                        (b, e) =>
                        {
                            elsewhere |= self ^ Environment.CurrentManagedThreadId;
                            Interlocked.Add(ref total, e - b);
                        }
                    );
                }
            }
        );
        Assert.That((elsewhere, total), Is.EqualTo((0, 64_000L)));
    }

    [Test]
    public void The_first_exception_reaches_the_caller_and_the_pool_goes_on()
    {
        for (var i = 0; i < 100; i++)
        {
            var error = Assert.Throws<OverflowException>(() =>
                Four.ParallelFor(1000, 1, (begin, _) => throw new OverflowException($"at {begin}"))
            );
            Assert.That(error!.Message, Does.StartWith("at "));
        }

        long sum = 0;
        Four.ParallelFor(1000, 1, (begin, end) => Interlocked.Add(ref sum, end - begin));
        Assert.That(sum, Is.EqualTo(1000));
    }

    [Test]
    public void Many_callers_at_once_all_finish()
    {
        var sums = new long[8];
        var callers = Enumerable
            .Range(0, sums.Length)
            .Select(caller => new Thread(() =>
            {
                for (var round = 0; round < 500; round++)
                {
                    Four.ParallelFor(997, 3, (begin, end) => Interlocked.Add(ref sums[caller], end - begin));
                }
            }))
            .ToList();
        callers.ForEach(thread => thread.Start());
        callers.ForEach(thread => thread.Join());
        Assert.That(sums, Is.All.EqualTo(500 * 997));
    }

    [Test]
    public void Nobody_takes_one_loop_for_the_next()
    {
        // Loops so short that workers come when one ends and the next begins; each has a length and a body of its own.
        for (var round = 1; round <= 50_000; round++)
        {
            var (count, sum, number) = (2 + (round % 37), 0L, round);
            Four.ParallelFor(
                count,
                1,
                (begin, end) =>
                {
                    for (var i = begin; i < end; i++)
                    {
                        Interlocked.Add(ref sum, i * number);
                    }
                }
            );
            if (sum != (long)count * (count - 1) / 2 * number)
            {
                Assert.Fail($"loop {round} over {count}: {sum}");
            }
        }
    }

    [Test]
    public void A_shared_loop_allocates_only_what_carries_its_body()
    {
        var pool = new WorkerPool(2);
        Action<long, long> body = static (_, _) => { };
        for (var round = 0; round < 100; round++)
        {
            pool.ParallelFor(8, 1, body);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++)
        {
            pool.ParallelFor(8, 1, body);
        }

        // What carries the C# body is one small object; the loop itself lies in memory that is used again.
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1000 * 64));
    }

    [Test]
    public void The_shared_pool_has_a_thread_for_each_processor_unless_told_otherwise() =>
        Assert.That(
            WorkerPool.Shared.Threads,
            Is.EqualTo(
                int.TryParse(Environment.GetEnvironmentVariable("MLIR_NUM_THREADS"), out var told)
                    ? told
                    : Environment.ProcessorCount
            )
        );
}
