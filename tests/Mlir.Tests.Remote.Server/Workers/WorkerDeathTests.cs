using System.Diagnostics;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Workers;

namespace Mlir.Tests.Remote.Server.Workers;

/// <summary>What a call does to its worker stays with the call. Each test has processes of its own to lose.</summary>
public sealed class WorkerDeathTests
{
    private WorkerPool pool = null!;

    [SetUp]
    public async Task StartAsync() => pool = await Pools.StartAsync(1);

    [TearDown]
    public async Task StopAsync() => await pool.DisposeAsync();

    [Test]
    public async Task StackOverflowEndsItsCallOnly()
    {
        var add = await pool.CompileAsync(Modules.Add);
        var nest = await pool.CompileAsync(Modules.Nest);
        var failure = await Assert.ThrowsAsync<ProtocolException>(() => pool.CallAsync(nest, Slots.Of(-1L)));
        var after = await pool.CallAsync(add, Slots.Of(1L, 2L));

        Assert.That(failure!.Error.Code, Is.EqualTo(ErrorCode.WorkerCrashed));
        Assert.That(failure.Error.ExceptionType, Is.EqualTo("System.InsufficientExecutionStackException"));
        Assert.That(Slots.Read<long>(after.Packed), Is.EqualTo([3L]));
        Assert.That(pool.Restarts, Is.EqualTo(1));
    }

    [Test]
    public async Task StackOverflowOfTheInterpreterIsAnException()
    {
        var nest = await pool.CompileAsync(Modules.Nest, "interpreter");
        var result = await pool.CallAsync(nest, Slots.Of(-1L));

        Assert.That(result.Error!.TypeName, Is.EqualTo("System.InsufficientExecutionStackException"));
        Assert.That(pool.Restarts, Is.Zero);
    }

    [TestCase("cpu")]
    [TestCase("interpreter")]
    public async Task EndlessLoopEndsAtItsLimit(string target)
    {
        var add = await pool.CompileAsync(Modules.Add, target);
        var loop = await pool.CompileAsync(Modules.Countdown, target);
        var endless = new WorkerCall
        {
            Unit = loop,
            Packed = Slots.Of(-1L),
            Limit = TimeSpan.FromMilliseconds(200),
        };
        var failure = await Assert.ThrowsAsync<ProtocolException>(() =>
            pool.CallAsync(endless, CancellationToken.None)
        );
        var after = await pool.CallAsync(add, Slots.Of(1L, 2L));

        Assert.That(failure!.Error.Code, Is.EqualTo(ErrorCode.Timeout));
        Assert.That(failure.Message, Does.Contain("200 ms"));
        Assert.That(Slots.Read<long>(after.Packed), Is.EqualTo([3L]));
    }

    [TestCase(nameof(Modules.Ones))]
    [TestCase(nameof(Modules.Scratch))]
    public async Task MemoryBombIsRefused(string name)
    {
        var ones = await pool.CompileAsync(name == nameof(Modules.Ones) ? Modules.Ones : Modules.Scratch);
        (long Size, string Refusal)[] bombs =
        [
            (2_000_000, "max_call_memory_bytes"),
            (1L << 33, "max_call_memory_bytes"),
            (1L << 60, "System.OverflowException"), // no address space is that large
            (long.MaxValue, "System.OverflowException"),
            (-1, "System.OverflowException"),
        ];
        foreach (var (size, refusal) in bombs)
        {
            var bomb = new WorkerCall
            {
                Unit = ones,
                Packed = name == nameof(Modules.Ones) ? Slots.Of(size) : Slots.Of(size, 0L),
                MaxBytes = 10_000_000,
            };
            var outcome = (await pool.CallManyAsync([bomb], CancellationToken.None))[0];

            Assert.That(outcome.Failure?.Error.Limit ?? outcome.Result!.Error?.TypeName, Is.EqualTo(refusal));
        }

        Assert.That(pool.Restarts, Is.Zero, "a refusal is no crash");
    }

    [Test]
    public async Task TemporariesCountAndAreGivenBack()
    {
        var unit = await pool.CompileAsync(Modules.Scratch);
        for (var i = 0; i < 20; i++)
        {
            var call = new WorkerCall
            {
                Unit = unit,
                Packed = Slots.Of(1_000_000L, 999_999L),
                MaxBytes = 12_000_000,
            };
            var result = await pool.CallAsync(call, CancellationToken.None);
            Assert.That(Slots.Read<double>(result.Packed), Is.EqualTo([1_000_000.0]));
        }
    }

    [Test]
    public async Task ProcessThatGrowsTooLargeIsEnded()
    {
        await using var small = await WorkerPool.StartAsync(
            new WorkerOptions { Count = 1, MaxProcessBytes = 700L << 20 },
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
            CancellationToken.None
        );
        var unit = await small.CompileAsync(Modules.Scratch);
        var call = new WorkerCall
        {
            Unit = unit,
            Packed = Slots.Of(1L << 29, 0L),
            MaxBytes = long.MaxValue,
        };
        var failure = await Assert.ThrowsAsync<ProtocolException>(() => small.CallAsync(call, CancellationToken.None));

        Assert.That(failure!.Error.Code, Is.EqualTo(ErrorCode.LimitExceeded));
        Assert.That(failure.Error.Limit, Is.EqualTo("max_call_memory_bytes"));
    }

    [Test]
    public async Task IdleWorkerThatIsKilledIsReplaced()
    {
        var add = await pool.CompileAsync(Modules.Add);
        var killed = pool.ProcessIds[0];
        Kill(killed);
        var after = await pool.CallAsync(add, Slots.Of(1L, 2L));

        Assert.That(Slots.Read<long>(after.Packed), Is.EqualTo([3L]));
        Assert.That(pool.ProcessIds, Has.None.EqualTo(killed));
    }

    [Test]
    public async Task CallWhoseWorkerIsKilledRunsAgain()
    {
        var loop = await pool.CompileAsync(Modules.Countdown);
        var expected = await pool.CallAsync(loop, Slots.Of(1_000_000_000L));
        var call = pool.CallAsync(loop, Slots.Of(1_000_000_000L));
        Kill(pool.ProcessIds[0]);
        var result = await call;

        Assert.That(result.Packed.ToArray(), Is.EqualTo(expected.Packed.ToArray()));
        Assert.That(pool.Restarts, Is.EqualTo(1));
    }

    [Test]
    public async Task CallWhoseWorkersAreKilledAgainAndAgainFails()
    {
        var loop = await pool.CompileAsync(Modules.Countdown);
        var call = pool.CallAsync(loop, Slots.Of(-1L));
        var last = 0;
        while (!call.IsCompleted)
        {
            // One that is killed while it loads the code does not count.
            last = await Until(() =>
                call.IsCompleted ? 0
                : pool.ProcessIds is [var id] && id != last ? id
                : (int?)null
            );
            if (last != 0)
            {
                Kill(last);
            }
        }

        var failure = await Assert.ThrowsAsync<ProtocolException>(() => call);

        Assert.That(failure!.Error.Code, Is.EqualTo(ErrorCode.WorkerCrashed));
        Assert.That(failure.Message, Does.Contain("signal 9"));
    }

    [Test]
    public async Task OnlyTheGuiltyCallOfABatchFails()
    {
        var nest = await pool.CompileAsync(Modules.Nest);
        var calls = Enumerable
            .Range(0, 20)
            .Select(i => new WorkerCall { Unit = nest, Packed = Slots.Of(i == 13 ? -1L : 10) })
            .ToArray();
        var outcomes = await pool.CallManyAsync(calls, CancellationToken.None);

        for (var i = 0; i < outcomes.Length; i++)
        {
            Assert.That(
                outcomes[i].Failure?.Error.Code,
                i == 13 ? Is.EqualTo(ErrorCode.WorkerCrashed) : Is.Null,
                $"call {i}"
            );
        }
    }

    [Test]
    public async Task OnlyTheEndlessCallOfABatchTimesOut()
    {
        var loop = await pool.CompileAsync(Modules.Countdown);
        var calls = Enumerable
            .Range(0, 5)
            .Select(i => new WorkerCall
            {
                Unit = loop,
                Packed = Slots.Of(i == 2 ? -1L : 10),
                Limit = TimeSpan.FromMilliseconds(300),
            })
            .ToArray();
        var outcomes = await pool.CallManyAsync(calls, CancellationToken.None);

        Assert.That(
            outcomes.Select(static o => o.Failure?.Error.Code),
            Is.EqualTo((ErrorCode?[])[null, null, ErrorCode.Timeout, null, null])
        );
    }

    [Test]
    public async Task SpareTakesThePlaceOfTheDead()
    {
        var loop = await pool.CompileAsync(Modules.Countdown);
        var spare = await Until(() => pool.SpareProcessId);
        Kill(pool.ProcessIds[0]);
        await Until(() => pool.ProcessIds is [var id] && id == spare ? id : (int?)null);
        var result = await pool.CallAsync(loop, Slots.Of(0L));
        var next = await Until(() => pool.SpareProcessId);

        Assert.That(Slots.Read<long>(result.Packed), Is.EqualTo([0L]));
        Assert.That(next, Is.Not.EqualTo(spare));
    }

    [Test]
    public async Task KilledSpareIsReplaced()
    {
        var spare = await Until(() => pool.SpareProcessId);
        Kill(spare);
        var next = await Until(() => pool.SpareProcessId is { } id && id != spare ? id : (int?)null);

        Assert.That(next, Is.Not.EqualTo(spare));
    }

    [Test]
    public async Task CancelledCallEndsWhetherItWaitsOrRuns()
    {
        var loop = await pool.CompileAsync(Modules.Countdown);
        using var stop = new CancellationTokenSource();
        var running = pool.CallAsync(new WorkerCall { Unit = loop, Packed = Slots.Of(-1L) }, stop.Token);
        using var stopWaiting = new CancellationTokenSource();
        var waiting = pool.CallAsync(new WorkerCall { Unit = loop, Packed = Slots.Of(-1L) }, stopWaiting.Token);
        await stopWaiting.CancelAsync();
        var second = await Assert.ThrowsAsync<ProtocolException>(() => waiting);
        Assert.That(running.IsCompleted, Is.False);
        await stop.CancelAsync();
        var first = await Assert.ThrowsAsync<ProtocolException>(() => running);
        var after = await pool.CallAsync(loop, Slots.Of(0L));

        Assert.That(first!.Error.Code, Is.EqualTo(ErrorCode.Cancelled));
        Assert.That(second!.Error.Code, Is.EqualTo(ErrorCode.Cancelled));
        Assert.That(Slots.Read<long>(after.Packed), Is.EqualTo([0L]));
    }

    [Test]
    public async Task CompilationThatTakesTooLongIsEnded()
    {
        var body = string.Concat(
            Enumerable.Range(0, 20_000).Select(static i => $"  %v{i + 1} = math.exp %v{i} : f64\n")
        );
        var module = $"func.func @main(%v0: f64) -> f64 {{\n{body}  return %v20000 : f64\n}}";
        var failure = await Assert.ThrowsAsync<ProtocolException>(() =>
            pool.CompileAsync(
                System.Text.Encoding.UTF8.GetBytes(module),
                "cpu",
                new CompileLimits(TimeSpan.FromMilliseconds(100)),
                CancellationToken.None
            )
        );

        Assert.That(failure!.Error.Code, Is.EqualTo(ErrorCode.LimitExceeded));
        Assert.That(failure.Error.Limit, Is.EqualTo("max_compile_milliseconds"));
    }

    [Test]
    public async Task DisposalEndsCallsAndLeavesNoProcess()
    {
        var own = await Pools.StartAsync(2);
        var loop = await own.CompileAsync(Modules.Countdown);
        var calls = Enumerable.Range(0, 4).Select(_ => own.CallAsync(loop, Slots.Of(-1L))).ToArray();
        int[] processes = [.. own.ProcessIds];
        await own.DisposeAsync();

        foreach (var call in calls)
        {
            var failure = await Assert.ThrowsAsync<ProtocolException>(() => call);
            Assert.That(failure!.Error.Code, Is.EqualTo(ErrorCode.Unavailable));
        }

        Assert.That(processes, Has.Length.EqualTo(2));
        Assert.That(processes.Where(static id => Directory.Exists($"/proc/{id}")), Is.Empty);
        var late = await Assert.ThrowsAsync<ProtocolException>(() => own.CallAsync(loop, Slots.Of(0L)));
        Assert.That(late!.Error.Code, Is.EqualTo(ErrorCode.Unavailable));
    }

    [Test]
    public void WorkersHaveNothingOfTheServersEnvironment()
    {
        var variables = File.ReadAllText($"/proc/{pool.ProcessIds[0]}/environ").Split('\0');
        var names = variables.Select(static v => v.Split('=')[0]).Where(static name => name.Length > 0).ToArray();

        Assert.That(names, Does.Contain("DOTNET_GCHeapHardLimit"));
        Assert.That(
            names,
            Is.SubsetOf(
                (string[])
                    [
                        "MLIR_LLVM_LIBRARY",
                        "LD_LIBRARY_PATH",
                        "DOTNET_ROOT",
                        "TZ",
                        "DOTNET_GCHeapHardLimit",
                        "DOTNET_EnableDiagnostics",
                        "DOTNET_TieredPGO",
                        "DOTNET_NOLOGO",
                    ]
            )
        );
        Assert.That(File.ReadAllText($"/proc/{pool.ProcessIds[0]}/oom_score_adj").Trim(), Is.EqualTo("500"));
    }

    private static void Kill(int process)
    {
        try
        {
            Process.GetProcessById(process).Kill();
        }
        catch (ArgumentException)
        {
            // it is gone already
        }
    }

    /// <summary>Waits for a value to be there.</summary>
    private static async Task<int> Until(Func<int?> value)
    {
        var end = Stopwatch.GetTimestamp() + (30 * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < end)
        {
            if (value() is { } found)
            {
                return found;
            }

            await Task.Delay(5);
        }

        throw new TimeoutException("It did not happen.");
    }
}
