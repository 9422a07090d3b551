using System.Runtime.CompilerServices;
using Mlir.Backends;

namespace Mlir.Tests.Backends.Cpu;

public sealed class CompilationCacheTests
{
    [Test]
    public void The_same_key_compiles_once()
    {
        var cache = new CompilationCache<string, object>();
        var first = cache.GetOrAdd("a", static _ => new object());
        var second = cache.GetOrAdd("a", static _ => throw new InvalidOperationException("compiled twice"));
        Assert.That(second, Is.SameAs(first));
        Assert.That(cache.Find("a"), Is.SameAs(first));
        Assert.That(cache.Find("b"), Is.Null);
        GC.KeepAlive(first);
    }

    [Test]
    public void Threads_that_ask_at_once_wait_for_one_compilation()
    {
        var cache = new CompilationCache<int, object>();
        var compilations = 0;
        using var start = new Barrier(8);
        var results = new object[8];
        var threads = Enumerable
            .Range(0, 8)
            .Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                results[i] = cache.GetOrAdd(
                    1,
                    _ =>
                    {
                        Interlocked.Increment(ref compilations);
                        Thread.SpinWait(100_000);
                        return new object();
                    }
                );
            }))
            .ToArray();
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        Assert.That(compilations, Is.EqualTo(1));
        Assert.That(results, Is.All.SameAs(results[0]));
    }

    [Test]
    public void A_failed_compilation_is_tried_again()
    {
        var cache = new CompilationCache<int, object>();
        Assert.Throws<InvalidOperationException>(() =>
            cache.GetOrAdd(1, static _ => throw new InvalidOperationException())
        );
        var value = new object();
        Assert.That(cache.GetOrAdd(1, _ => value), Is.SameAs(value));
    }

    [Test]
    public void What_nobody_holds_is_collected_and_swept()
    {
        var cache = new CompilationCache<int, object>();
        for (var round = 0; round < 20; round++)
        {
            Fill(cache, round * 100);
            GC.Collect();
        }

        // 2,000 keys went in; what is left is at most what came since the last sweep.
        Assert.That(cache.Count, Is.LessThan(400));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Fill(CompilationCache<int, object> cache, int first)
        {
            for (var i = 0; i < 100; i++)
            {
                cache.GetOrAdd(first + i, static _ => new object());
            }
        }
    }

    [Test]
    public void Clearing_forgets_but_does_not_take_away()
    {
        var cache = new CompilationCache<int, object>();
        var first = cache.GetOrAdd(1, static _ => new object());
        cache.Clear();
        Assert.That(cache.GetOrAdd(1, static _ => new object()), Is.Not.SameAs(first));
    }

    [Test]
    public void Keys_tell_boundaries_apart()
    {
        Assert.That(CompilationKey.Of("ab", "c"), Is.Not.EqualTo(CompilationKey.Of("a", "bc")));
        Assert.That(CompilationKey.Of("ab", "c"), Is.EqualTo(CompilationKey.Of("ab", "c")));
        Assert.That(CompilationKey.Of("x").ToString(), Has.Length.EqualTo(32));
    }
}
