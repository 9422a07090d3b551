using System.Runtime.InteropServices;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Memory;
using Mlir.Remote.Server.Workers;

namespace Mlir.Tests.Remote.Server.Workers;

/// <summary>Compiling and calling through real worker processes.</summary>
public sealed class WorkerPoolTests
{
    private WorkerPool pool = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => pool = await Pools.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await pool.DisposeAsync();

    [TestCase("cpu")]
    [TestCase("interpreter")]
    public async Task ScalarsComeAndGoInSlots(string target)
    {
        var unit = await pool.CompileAsync(Modules.Add, target);
        var result = await pool.CallAsync(unit, Slots.Of(1L, 2L));

        Assert.That(unit.Target, Is.EqualTo(target));
        Assert.That(unit.Functions[0].Name, Is.EqualTo("main"));
        Assert.That(unit.Functions[0].Parameters[0].ToString(), Is.EqualTo("Int32"));
        Assert.That(Slots.Read<long>(result.Packed), Is.EqualTo([3L]));
        Assert.That(result.Error, Is.Null);
    }

    [TestCase("cpu")]
    [TestCase("interpreter")]
    public async Task BytesAboveAScalarNeitherCountNorComeBack(string target)
    {
        var unit = await pool.CompileAsync(Modules.Add, target);
        var result = await pool.CallAsync(unit, Slots.Of(-1L, unchecked((long)0xABCDEF0000000003)));

        Assert.That(Slots.Read<long>(result.Packed), Is.EqualTo([2L]));
    }

    [Test]
    public async Task RowsOfScalarsRunInOneCall()
    {
        var unit = await pool.CompileAsync(Modules.Add);
        var rows = Enumerable.Range(0, 1000).SelectMany(static i => new long[] { i, 2 * i }).ToArray();
        var call = new WorkerCall
        {
            Unit = unit,
            Count = 1000,
            Packed = Slots.Of(rows),
        };
        var result = await pool.CallAsync(call, CancellationToken.None);

        Assert.That(Slots.Read<long>(result.Packed), Is.EqualTo(Enumerable.Range(0, 1000).Select(static i => 3L * i)));
    }

    [TestCase("cpu")]
    [TestCase("interpreter")]
    public async Task ThrowingRowLeavesTheRowsBeforeIt(string target)
    {
        var unit = await pool.CompileAsync(Modules.Divide, target);
        var call = new WorkerCall
        {
            Unit = unit,
            Count = 3,
            Packed = Slots.Of(12L, 3L, 7L, 0L, 8L, 2L),
        };
        var result = await pool.CallAsync(call, CancellationToken.None);

        Assert.That(result.Error!.TypeName, Is.EqualTo("System.DivideByZeroException"));
        Assert.That(result.Error.Message + result.Error.Location, Does.Contain("Program.cs(18): x / y"));
        Assert.That(result.ErrorRow, Is.EqualTo(1));
        Assert.That(Slots.Read<long>(result.Packed), Is.EqualTo([4L]));
    }

    [TestCase("cpu", 5)]
    [TestCase("cpu", 0)]
    [TestCase("cpu", 100_000)]
    [TestCase("interpreter", 5)]
    [TestCase("interpreter", 100_000)]
    public async Task ArraysComeInlineOrInSegments(string target, int count)
    {
        var unit = await pool.CompileAsync(Modules.Scale, target);
        using var argument = new TestArray(Enumerable.Range(0, count).Select(static i => (double)i).ToArray());
        var result = await pool.CallAsync(
            new WorkerCall
            {
                Unit = unit,
                Packed = Slots.Of(2.0),
                Arrays = [argument.Array],
            },
            CancellationToken.None
        );

        Assert.That(result.Arrays[0].Shape, Is.EqualTo([count]));
        Assert.That(result.Arrays[0].Segment, count > 8192 ? Is.Not.Null : Is.Null);
        Assert.That(
            Arrays.Read<double>(result.Arrays[0]),
            Is.EqualTo(Enumerable.Range(0, count).Select(static i => 2.0 * i))
        );
        result.Arrays[0].Segment?.Release();
    }

    [Test]
    public async Task LargeResultGoesIntoASegmentThatIsFree()
    {
        var unit = await pool.CompileAsync(Modules.Scale);
        using var argument = new TestArray(new double[20_000]);
        var small = Segment.Create(100);
        var large = Segment.Create(20_000 * sizeof(double));
        large.Slice(0, 8).Fill(0xFF);
        var call = new WorkerCall
        {
            Unit = unit,
            Packed = Slots.Of(2.0),
            Arrays = [argument.Array],
            Recycled = [small, large],
        };
        for (var i = 0; i < 3; i++)
        {
            var result = await pool.CallAsync(call, CancellationToken.None);

            Assert.That(result.Arrays[0].Segment, Is.SameAs(large));
            Assert.That(Arrays.Read<double>(result.Arrays[0]), Is.All.Zero);
            result.Arrays[0].Segment!.Release();
        }

        small.Release();
        large.Release();
    }

    [Test]
    public async Task ResultOfACallIsTheArgumentOfTheNext()
    {
        var unit = await pool.CompileAsync(Modules.Scale);
        using var argument = new TestArray(Enumerable.Repeat(1.0, 10_000).ToArray());
        var array = argument.Array;
        for (var i = 0; i < 10; i++)
        {
            var result = await pool.CallAsync(
                new WorkerCall
                {
                    Unit = unit,
                    Packed = Slots.Of(2.0),
                    Arrays = [array],
                },
                CancellationToken.None
            );
            if (i > 0)
            {
                array.Segment!.Release();
            }

            array = result.Arrays[0];
        }

        Assert.That(Arrays.Read<double>(array), Is.All.EqualTo(1024.0));
        array.Segment!.Release();
    }

    [TestCase("cpu")]
    [TestCase("interpreter")]
    public async Task FixedSizesAreKnownAndChecked(string target)
    {
        var unit = await pool.CompileAsync(Modules.Fixed, target);
        Assert.That(unit.Functions[0].Parameters[0].Shape, Is.EqualTo([2, 3]));

        short[] data = [7, 8, 9, 10, 11, 12];
        using var right = new TestArray(MemoryMarshal.AsBytes(data.AsSpan()).ToArray(), [2, 3]);
        using var wrong = new TestArray(MemoryMarshal.AsBytes(data.AsSpan()).ToArray(), [3, 2]);
        var result = await pool.CallAsync(
            new WorkerCall { Unit = unit, Arrays = [right.Array] },
            CancellationToken.None
        );

        Assert.That(Slots.Read<long>(result.Packed), Is.EqualTo([7L]));
        Assert.That(Arrays.Read<short>(result.Arrays[0]), Is.EqualTo(data));

        var refused = await Assert.ThrowsAsync<ProtocolException>(() =>
            pool.CallAsync(new WorkerCall { Unit = unit, Arrays = [wrong.Array] }, CancellationToken.None)
        );
        Assert.That(refused!.Error.Code, Is.EqualTo(ErrorCode.InvalidRequest));
        Assert.That(refused.Message, Does.Contain("2x3xInt16").And.Contain("[3, 2]"));
    }

    [Test]
    public async Task WrongCountsAreRefusedBeforeTheyAreSent()
    {
        var unit = await pool.CompileAsync(Modules.Scale);
        WorkerCall[] wrong =
        [
            new() { Unit = unit, Function = 1 },
            new() { Unit = unit, Packed = Slots.Of(1.0) },
            new()
            {
                Unit = unit,
                Packed = Slots.Of(1.0, 2.0),
                Arrays = [new WorkerArray([0], default, null)],
            },
            new()
            {
                Unit = unit,
                Packed = Slots.Of(1.0),
                Arrays = [new WorkerArray([2], new byte[8], null)],
            },
            new()
            {
                Unit = unit,
                Packed = Slots.Of(1.0),
                Arrays = [new WorkerArray([-1], new byte[8], null)],
            },
            new()
            {
                Unit = unit,
                Packed = Slots.Of(1.0),
                Arrays = [new WorkerArray([long.MaxValue], new byte[8], null)],
            },
            new()
            {
                Unit = unit,
                Packed = Slots.Of(1.0),
                Arrays = [new WorkerArray([1, 1], new byte[8], null)],
            },
            new()
            {
                Unit = unit,
                Count = 2,
                Packed = Slots.Of(1.0, 2.0),
                Arrays = [new WorkerArray([1], new byte[8], null)],
            },
        ];
        var outcomes = await pool.CallManyAsync(wrong, CancellationToken.None);

        Assert.That(outcomes.Select(static o => o.Failure?.Error.Code), Is.All.EqualTo(ErrorCode.InvalidRequest));
    }

    [TestCase("cpu")]
    [TestCase("interpreter")]
    public async Task InvalidModuleIsRefusedWithItsPlace(string target)
    {
        var refused = await Assert.ThrowsAsync<ProtocolException>(() =>
            pool.CompileAsync("func.func @main() -> i32 {\n  return\n}", target)
        );

        Assert.That(refused!.Error.Code, Is.EqualTo(ErrorCode.InvalidModule));
        Assert.That(refused.Error.Diagnostics, Has.Some.Contains("(2,3): error MLIR"));
    }

    [Test]
    public async Task TextThatIsNoModuleIsRefused()
    {
        var refused = await Assert.ThrowsAsync<ProtocolException>(() => pool.CompileAsync("\0\u00ff{{{"));

        Assert.That(refused!.Error.Code, Is.EqualTo(ErrorCode.InvalidModule));
    }

    [Test]
    public async Task UnknownTargetIsRefused()
    {
        var refused = await Assert.ThrowsAsync<ProtocolException>(() => pool.CompileAsync(Modules.Add, "abacus"));

        Assert.That(refused!.Message, Does.Contain("'abacus'").And.Contain("'interpreter'"));
    }

    [Test]
    public async Task ListingGoesFromTheTextDownToAssembly()
    {
        var stages = await pool.ListAsync(
            System.Text.Encoding.UTF8.GetBytes(Modules.Add),
            "cpu",
            Pools.Limits,
            CancellationToken.None
        );

        Assert.That(stages[0].Stage, Is.EqualTo("input"));
        Assert.That(stages[^1].Stage, Is.EqualTo("assembly"));
        Assert.That(stages[^1].Text, Does.Contain("main"));
    }

    [Test]
    public async Task EveryWorkerCallsWhatOneCompiled()
    {
        // A long call keeps one worker, so that the others must load the unit.
        var wait = await pool.CompileAsync(Modules.Countdown);
        var add = await pool.CompileAsync(Modules.Add);
        using var stop = new CancellationTokenSource();
        var busy = pool.CallAsync(new WorkerCall { Unit = wait, Packed = Slots.Of(-1L) }, stop.Token);
        var first = await pool.CallAsync(add, Slots.Of(20L, 22L));
        await stop.CancelAsync();
        await Assert.ThrowsAsync<ProtocolException>(() => busy);
        var calls = Enumerable.Range(0, 50).Select(i => pool.CallAsync(add, Slots.Of(i, 1L))).ToArray();
        var all = await Task.WhenAll(calls);

        Assert.That(Slots.Read<long>(first.Packed), Is.EqualTo([42L]));
        Assert.That(all.Select(static r => Slots.Read<long>(r.Packed)[0]), Is.EqualTo(Enumerable.Range(1, 50)));
    }

    [Test]
    public async Task BatchGivesEachCallItsOwnOutcome()
    {
        var unit = await pool.CompileAsync(Modules.Divide);
        var calls = Enumerable
            .Range(0, 1000)
            .Select(i => new WorkerCall { Unit = unit, Packed = Slots.Of(100L * i, i % 10) })
            .ToArray();
        var outcomes = await pool.CallManyAsync(calls, CancellationToken.None);

        Assert.That(outcomes, Has.Length.EqualTo(1000));
        for (var i = 0; i < outcomes.Length; i++)
        {
            var result = outcomes[i].Result!;
            Assert.That(result.Error is null, Is.EqualTo(i % 10 != 0));
            Assert.That(Slots.Read<long>(result.Packed), i % 10 == 0 ? Is.Empty : Is.EqualTo([100L * i / (i % 10)]));
        }
    }

    [Test]
    public async Task BatchOfArraysKeepsTheirResultsApart()
    {
        var unit = await pool.CompileAsync(Modules.Scale);
        using var small = new TestArray([1.0, 2.0]);
        using var large = new TestArray(Enumerable.Repeat(1.0, 10_000).ToArray());
        var spare = Segment.Create(1 << 20);
        var calls = Enumerable
            .Range(0, 200)
            .Select(i => new WorkerCall
            {
                Unit = unit,
                Packed = Slots.Of((double)i),
                Arrays = [i % 2 == 0 ? small.Array : large.Array],
                Recycled = i < 4 ? [spare] : null,
            })
            .ToArray();
        var outcomes = await pool.CallManyAsync(calls, CancellationToken.None);

        for (var i = 0; i < outcomes.Length; i++)
        {
            var array = outcomes[i].Result!.Arrays[0];
            Assert.That(Arrays.Read<double>(array), i % 2 == 0 ? Is.EqualTo([i, 2.0 * i]) : Is.All.EqualTo((double)i));
            array.Segment?.Release();
        }

        spare.Release();
    }

    [TestCase("cpu")]
    [TestCase("interpreter")]
    public async Task ForgottenUnitIsGoneAndOthersStay(string target)
    {
        var kept = await pool.CompileAsync(Modules.Add, target);
        for (var i = 0; i < 20; i++)
        {
            var unit = await pool.CompileAsync(Modules.Divide, target);
            var result = await pool.CallAsync(unit, Slots.Of(6L * i, 3L));
            Assert.That(Slots.Read<long>(result.Packed), Is.EqualTo([2L * i]));
            pool.Forget(unit);
        }

        var after = await pool.CallAsync(kept, Slots.Of(1L, 2L));
        Assert.That(Slots.Read<long>(after.Packed), Is.EqualTo([3L]));
    }

    [Test]
    public async Task RecursionWithinReasonReturns()
    {
        var unit = await pool.CompileAsync(Modules.Nest);
        var once = await pool.CallAsync(unit, Slots.Of(10_000L));
        var again = await pool.CallAsync(unit, Slots.Of(10_000L));

        Assert.That(once.Error, Is.Null);
        Assert.That(once.Packed.ToArray(), Is.EqualTo(again.Packed.ToArray()));
    }

    [Test]
    public async Task LargeLoopsRunOnSeveralThreads()
    {
        var unit = await pool.CompileAsync(Modules.Ones);
        var result = await pool.CallAsync(unit, Slots.Of(5_000_000L));

        Assert.That(result.Arrays[0].Shape, Is.EqualTo([5_000_000]));
        Assert.That(Arrays.Read<double>(result.Arrays[0]).Sum(), Is.EqualTo(5_000_000.0));
        result.Arrays[0].Segment!.Release();
    }

    [TestCase("cpu")]
    [TestCase("interpreter")]
    public async Task PointersAreNotAdmitted(string target)
    {
        const string Module = """
            func.func @main(%i: i64) -> i64 {
              %p = llvm.inttoptr %i : i64 to !llvm.ptr
              %x = llvm.load %p : !llvm.ptr -> i64
              return %x : i64
            }
            """;
        var refused = await Assert.ThrowsAsync<ProtocolException>(() => pool.CompileAsync(Module, target));

        Assert.That(refused!.Error.Code, Is.EqualTo(ErrorCode.InvalidModule));
        Assert.That(refused.Error.Diagnostics, Has.Some.Contains("(2,"));
    }

    [TestCase("cpu")]
    [TestCase("interpreter")]
    public async Task IndexOutOfRangeThrows(string target)
    {
        var unit = await pool.CompileAsync(Modules.Element, target);
        using var array = new TestArray([1.0, 2.0, 3.0]);
        foreach (var index in (long[])[3, -1, long.MaxValue, long.MinValue])
        {
            var call = new WorkerCall
            {
                Unit = unit,
                Packed = Slots.Of(index),
                Arrays = [array.Array],
            };
            var result = await pool.CallAsync(call, CancellationToken.None);
            Assert.That(result.Error?.TypeName, Is.EqualTo("System.IndexOutOfRangeException"));
        }
    }
}
