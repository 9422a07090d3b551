using System.Numerics.Tensors;
using Mlir.Frontend;
using Mlir.Remote;
using Mlir.Runtime;
using Mlir.Runtime.Npy;
using Mlir.Tests.Remote.Server.Support;

namespace Mlir.Tests.Cli.Serve;

/// <summary>What other remote compilers get wrong, and what one expects of all of them.</summary>
public sealed class ComparisonTests
{
    private string _folder = "";
    private ServerProcess? _server;
    private RemoteJit? _remote;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("mlir").FullName;
        NpyFile.Write(
            Path.Combine(_folder, "prices.npy"),
            new HostBuffer(Enumerable.Range(0, 200_000).Select(i => (double)i).ToArray(), 200_000)
        );
        _server = await ServerProcess.StartAsync("--data", _folder);
        _remote = await _server.ConnectAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await (_remote?.DisposeAsync() ?? default);
        _server?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The arguments' types choose among the signatures of one function.</summary>
    [Test]
    public async Task SeveralSignatures()
    {
        var add = _remote!.Define("add", (double x, double y) => x + y, (int x, int y) => x + y);

        Assert.That(await add.CallAsync(1, 2), Is.EqualTo(3).And.TypeOf<int>());
        Assert.That(await add.CallAsync(1.2, 2.3), Is.EqualTo(3.5).And.TypeOf<double>());
        Assert.That(await add.CallAsync(1, 2.5), Is.EqualTo(3.5));
        var error = await Assert.ThrowsAsync<RemoteException>(() => add.CallAsync("one", 2));
        Assert.That(error!.Candidates, Has.Length.EqualTo(2));
    }

    /// <summary>A function of the user's is applied to a column that lies on the server.</summary>
    [Test]
    public async Task AFunctionOfTheUsersOnTheServersData()
    {
        await using var column = await _remote!.OpenAsync("prices.npy");
        _remote.Define("discount", (double p, double rate) => p * (1 - rate));
        var total = _remote.Compile((Tensor<double> p, double rate) => Tensor.Sum<double>(p * (1 - rate)));
        var discounted = _remote.Compile((Tensor<double> p, double rate) => p * (1 - rate));

        Assert.That(column.Shape, Is.EqualTo(new long[] { 200_000 }));
        Assert.That(await total.InvokeAsync(column, 0.5), Is.EqualTo(199_999 * 200_000.0 / 4));
        await using var kept = await discounted.KeepAsync(column, 0.25);
        Assert.That(await total.InvokeAsync(kept, 0), Is.EqualTo(199_999 * 200_000.0 / 2 * 0.75).Within(1e-3));
        var one = _remote.Compile((double[] p, int i) => Function.Call<double>("discount", p[i], 0.5));
        Assert.That(await one.InvokeAsync(column, 10), Is.EqualTo(5));
    }

    [Test]
    public void DivisionByZeroThrows()
    {
        var divide = _remote!.Define("divide", (int x, int y) => x / y, (long x, long y) => x / y);

        foreach (var call in (Action[])[() => divide.Call(7, 0), () => divide.Call(7L, 0L)])
        {
            var error = Assert.Throws<DivideByZeroException>(() => call());
            Assert.That(error!.Message, Does.Match(@"ComparisonTests\.cs\(\d+\)").And.Contain("x / y"));
        }

        Assert.That(divide.Call(7, 2), Is.EqualTo(3));
        Assert.That(divide.Call(-7, 2), Is.EqualTo(-3));
        Assert.That(() => divide.Call(int.MinValue, -1), Throws.TypeOf<OverflowException>());
        Assert.That(_remote.Define("real", (double x) => x / 0).Call(7), Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void WhatDoesNotFitIsNeverTruncated()
    {
        var echo = _remote!.Define("echo", (int x) => x);
        var next = _remote.Define("next", (int x) => checked(x + 1));

        var error = Assert.Throws<RemoteException>(() => echo.Call(2147483648L));
        Assert.That(error!.Kind, Is.EqualTo(RemoteErrorKind.NoOverload));
        Assert.That(error.Message, Does.Contain("long").And.Contain("int"));
        Assert.That(() => echo.Call(1.5), Throws.TypeOf<RemoteException>());
        Assert.That(() => next.Call(int.MaxValue), Throws.TypeOf<OverflowException>());
        Assert.That(next.Call(int.MaxValue - 1), Is.EqualTo(int.MaxValue));
        Assert.That(
            () => _remote.Compile((long x) => checked((int)x)).Invoke(2147483648),
            Throws.TypeOf<OverflowException>()
        );
    }

    [Test]
    public async Task RedefinitionReplaces()
    {
        var f = _remote!.Define("redefined", (int x) => x + 1);
        var caller = _remote.Compile((int x) => Function.Call<int>("redefined", x));
        Assert.That((await f.CallAsync(1), caller.Invoke(1)), Is.EqualTo((2, 2)));

        _remote.Define("redefined", (int x) => x + 100);

        Assert.That((await f.CallAsync(1), caller.Invoke(1)), Is.EqualTo((101, 101)));
    }

    [Test]
    public async Task TwoClientsWithTheSameName()
    {
        await using var other = await _server!.ConnectAsync();
        var mine = _remote!.Define("same", (int x) => x + 1);
        var theirs = other.Define("same", (int x) => x * 2);

        for (var i = 0; i < 10; i++)
        {
            Assert.That(await mine.CallAsync(i), Is.EqualTo(i + 1));
            Assert.That(await theirs.CallAsync(i), Is.EqualTo(i * 2));
        }

        await theirs.UnloadAsync();
        Assert.That(await mine.CallAsync(10), Is.EqualTo(11));
    }

    /// <summary>Whatever a client passes in the place of an array, and whatever a function returns, the server goes on.</summary>
    [Test]
    public async Task BadHandlesAndStringsDoNoHarm()
    {
        await using var other = await _server!.ConnectAsync();
        var workers = _server.Workers.Length;
        var sum = _remote!.Define("sum", (Tensor<double> t) => Tensor.Sum<double>(t));
        var at = _remote.Compile((double[] t, int i) => t[i]);
        var twice = _remote.Compile((string s) => s + s);
        var freed = await _remote.UploadAsync(new[] { 1.0, 2 });
        var foreign = await other.UploadAsync(new[] { 1.0, 2 });
        Assert.That(await sum.CallAsync(freed), Is.EqualTo(3));
        await freed.DisposeAsync();

        await Assert.CatchAsync<Exception>(() => sum.CallAsync(freed));
        await Assert.CatchAsync<Exception>(() => sum.CallAsync(foreign));
        await Assert.CatchAsync<Exception>(() => sum.CallAsync(0x7fff_0000_0000L));
        await Assert.ThrowsAsync<IndexOutOfRangeException>(() => at.InvokeAsync(new[] { 1.0 }, -1));
        await Assert.ThrowsAsync<IndexOutOfRangeException>(() => at.InvokeAsync(new[] { 1.0 }, int.MaxValue));
        Assert.That(twice.Invoke("Grüße"), Is.EqualTo("GrüßeGrüße"));
        Assert.That(twice.Invoke(new string('x', 100_000)), Has.Length.EqualTo(200_000));

        Assert.That(await sum.CallAsync(Tensor.Create([1.0, 2])), Is.EqualTo(3));
        Assert.That(await foreign.DownloadAsync<double>(), Has.Property("FlattenedLength").EqualTo((nint)2));
        Assert.That(WorkerProcesses.Of(_server.Id), Has.Length.EqualTo(workers));
    }

    [Test]
    public async Task FourThreadsOfSixFirstCallsOnOneClient()
    {
        await using var remote = await _server!.ConnectAsync();
        var outcomes = new int[4][];
        var threads = Enumerable
            .Range(0, outcomes.Length)
            .Select(thread => new Thread(() =>
                outcomes[thread] = [.. Enumerable.Range(0, 6).Select(call => FirstCall(remote, thread, call))]
            ))
            .ToArray();
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        for (var thread = 0; thread < outcomes.Length; thread++)
        {
            Assert.That(outcomes[thread], Is.EqualTo(Enumerable.Range(0, 6).Select(call => (100 * thread) + call + 7)));
        }
    }

    /// <summary>Each function is new to the server, except the last, which all threads define at the same time.</summary>
    private static int FirstCall(RemoteJit remote, int thread, int call)
    {
        var number = (100 * thread) + call;
        return call < 5
            ? remote.Define($"f{thread}{call}", (int x) => x + number).Call<int>(7)
            : remote.Compile((int x, int y) => x + y).Invoke(number, 7);
    }
}
