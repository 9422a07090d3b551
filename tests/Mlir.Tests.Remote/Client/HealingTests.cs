using System.Numerics.Tensors;
using Mlir.Frontend;
using Mlir.Remote;
using Mlir.Remote.Server;
using Mlir.Runtime;
using Mlir.Runtime.Npy;

namespace Mlir.Tests.Remote.Client;

/// <summary>Servers that are restarted and connections that are cut: the client goes on, or says what was lost.</summary>
[TestFixture(RemoteTransport.Direct)]
[TestFixture(RemoteTransport.Grpc)]
public class HealingTests(RemoteTransport transport)
{
    private RemoteServer? _server;
    private string _listen = "";

    [SetUp]
    public async Task StartAsync()
    {
        _server = await StartServerAsync("http://127.0.0.1:0");
        _listen = _server.Addresses[0];
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Test]
    public async Task GoesOnAfterARestart()
    {
        NpyFile.Write(
            Path.Combine(RemoteFixture.DataDirectory, $"healing{transport}.npy"),
            new HostBuffer(new[] { 1.0, 2, 3 }, 3)
        );
        await using var remote = await ConnectAsync();
        var add = remote.Define("add", (int x, int y) => x + y);
        var sum = remote.Compile((Tensor<double> t) => Tensor.Sum<double>(t));
        var file = await remote.OpenAsync($"healing{transport}.npy");
        var uploaded = await remote.UploadAsync(new[] { 1.0, 2 });
        Assert.That(add.Call(1, 2), Is.EqualTo(3));
        Assert.That(await sum.InvokeAsync(file), Is.EqualTo(6));

        await RestartAsync();

        Assert.That(add.Call(3, 4), Is.EqualTo(7));
        Assert.That(await sum.InvokeAsync(file), Is.EqualTo(6));
        var lost = await Assert.ThrowsAsync<RemoteException>(() => sum.InvokeAsync(uploaded));
        Assert.That(lost!.Kind, Is.EqualTo(RemoteErrorKind.ArrayLost));
        Assert.That(lost.Message, Does.Contain("double[2]").And.Contain("upload it again"));

        await RestartAsync();

        Assert.That(await add.CallAsync(5, 6), Is.EqualTo(11));
        using var batch = remote.CreateBatch();
        await RestartAsync();
        var calls = Enumerable.Range(0, 10).Select(i => batch.Call(add, i, i)).ToArray();
        await batch.SendAsync();
        Assert.That(calls.Select(c => c.Result), Is.EqualTo(Enumerable.Range(0, 10).Select(i => 2 * i)));
    }

    [Test]
    public async Task MakesACallAgainThatTheServerDidNotEnd()
    {
        await using var remote = await ConnectAsync();
        var fib = DefineFib(remote);

        var running = fib.CallAsync<long>(36L);
        var submitted = await fib.SubmitAsync(35L);
        await remote.ListFunctionsAsync(); // answered after the calls began
        await RestartAsync();

        Assert.That(await running, Is.EqualTo(14930352));
        Assert.That(await submitted.ResultAsync<long>(), Is.EqualTo(9227465));
    }

    [Test]
    public async Task SaysThatACallWasLostWhereItMayNotBeMadeAgain()
    {
        await using var remote = await ConnectAsync(new RemoteOptions { RerunLostCalls = false });
        var fib = DefineFib(remote);

        var running = fib.CallAsync(90L);
        await remote.ListFunctionsAsync();
        await RestartAsync();

        var lost = await Assert.ThrowsAsync<RemoteException>(() => running);
        Assert.That(lost!.Kind, Is.EqualTo(RemoteErrorKind.ConnectionLost).Or.EqualTo(RemoteErrorKind.Unavailable));
        Assert.That(await fib.CallAsync(10L), Is.EqualTo(55));
    }

    [Test]
    public async Task TakesUpTheSessionWhenOnlyTheConnectionWasCut()
    {
        using var proxy = new CutProxy(_listen);
        await using var remote = await RemoteJit.ConnectAsync(
            proxy.Address,
            new RemoteOptions { Transport = transport }
        );
        var sum = remote.Compile((Tensor<double> t) => Tensor.Sum<double>(t));
        var fib = DefineFib(remote);
        var uploaded = await remote.UploadAsync(new[] { 1.0, 2, 4 });
        Assert.That(await sum.InvokeAsync(uploaded), Is.EqualTo(7));

        proxy.Cut();
        Assert.That(await sum.InvokeAsync(uploaded), Is.EqualTo(7));
        var running = fib.CallAsync<long>(34L);
        proxy.Cut();
        Assert.That(await running, Is.EqualTo(5702887));
        proxy.Cut();
        Assert.That(fib.Call(10L), Is.EqualTo(55));
        Assert.That(proxy.Accepted, Is.EqualTo(4));
    }

    [Test]
    public async Task GivesUpAtTheTimeout()
    {
        await using var remote = await ConnectAsync();
        var add = remote.Define("add", (int x, int y) => x + y);
        Assert.That(add.Call(1, 2), Is.EqualTo(3));

        await _server!.DisposeAsync();

        await Assert.ThrowsAsync<TimeoutException>(() =>
            add.CallAsync([1, 2], new RemoteCallOptions { Timeout = TimeSpan.FromMilliseconds(100) }, default)
        );
        using var cancel = new CancellationTokenSource();
        var waiting = add.CallAsync([1, 2], new RemoteCallOptions { Timeout = TimeSpan.FromHours(1) }, cancel.Token);
        await cancel.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => waiting);
    }

    [Test]
    public async Task SaysThatNobodyAnswers()
    {
        await _server!.DisposeAsync();

        var error = await Assert.ThrowsAsync<RemoteException>(() => ConnectAsync());

        Assert.That(error!.Kind, Is.EqualTo(RemoteErrorKind.Unreachable));
        Assert.That(error.Message, Does.Contain(_listen).And.Contain("mlir serve"));
    }

    private static RemoteFunction DefineFib(RemoteJit remote) =>
        remote.Define(
            "fib",
            (long n) => n < 2 ? n : Function.Call<long>("fib", n - 1) + Function.Call<long>("fib", n - 2)
        );

    private static Task<RemoteServer> StartServerAsync(string listen) =>
        RemoteServer.StartAsync(
            new RemoteServerOptions
            {
                Listen = listen,
                Workers = 2,
                DataDirectories = [RemoteFixture.DataDirectory],
            }
        );

    private async Task RestartAsync()
    {
        await _server!.DisposeAsync();
        _server = await StartServerAsync(_listen);
    }

    private Task<RemoteJit> ConnectAsync(RemoteOptions? options = null) =>
        RemoteJit.ConnectAsync(_listen, (options ?? RemoteOptions.Default) with { Transport = transport });
}
