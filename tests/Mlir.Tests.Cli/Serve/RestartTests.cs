using System.Numerics.Tensors;
using Mlir.Remote;
using Mlir.Runtime;
using Mlir.Runtime.Npy;

namespace Mlir.Tests.Cli.Serve;

/// <summary>A server that is killed and started again, which its clients notice and heal.</summary>
public sealed class RestartTests
{
    private string _folder = "";
    private ServerProcess? _server;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("mlir").FullName;
        _server = await ServerProcess.StartAsync("--data", _folder);
    }

    [TearDown]
    public void Stop()
    {
        _server?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase(RemoteTransport.Direct)]
    [TestCase(RemoteTransport.Grpc)]
    public async Task ServerKilledBetweenCalls(RemoteTransport transport)
    {
        NpyFile.Write(Path.Combine(_folder, "prices.npy"), new HostBuffer(new[] { 1.0, 2, 3 }, 3));
        await using var remote = await _server!.ConnectAsync(new RemoteOptions { Transport = transport });
        var add = remote.Define("add", (int x, int y) => x + y, (double x, double y) => x + y);
        var sum = remote.Compile((Tensor<double> t) => Tensor.Sum<double>(t));
        var twice = remote.Compile((Tensor<double> t) => t + t);
        var file = await remote.OpenAsync("prices.npy");
        var uploaded = await remote.UploadAsync(new[] { 1.0, 2 });
        var result = await twice.KeepAsync(uploaded);
        Assert.That(await add.CallAsync(1, 2), Is.EqualTo(3));
        Assert.That(await sum.InvokeAsync(file), Is.EqualTo(6));
        Assert.That(await sum.InvokeAsync(result), Is.EqualTo(6));
        var workers = _server.Workers;
        Assert.That(workers, Has.Length.AtLeast(2));

        await KillAndRestartAsync();

        Assert.That(await add.CallAsync(3, 4), Is.EqualTo(7));
        Assert.That(await add.CallAsync(0.25, 4), Is.EqualTo(4.25));
        Assert.That(await sum.InvokeAsync(file), Is.EqualTo(6));
        Assert.That((await file.DownloadAsync<double>()).ToArray(), Is.EqualTo(new[] { 1.0, 2, 3 }));
        var lost = await Assert.ThrowsAsync<RemoteException>(() => sum.InvokeAsync(uploaded));
        Assert.That(lost!.Kind, Is.EqualTo(RemoteErrorKind.ArrayLost));
        Assert.That(lost.Message, Does.Contain("double[2] (uploaded)").And.Contain("upload it again"));
        lost = await Assert.ThrowsAsync<RemoteException>(() => result.DownloadAsync<double>());
        Assert.That(lost!.Kind, Is.EqualTo(RemoteErrorKind.ArrayLost));
        Assert.That(lost.Message, Does.Contain("double[2]").And.Contain("make the call again"));
        Assert.That((await remote.ListFunctionsAsync()).Count(f => f.Name == "add"), Is.EqualTo(2));
        await ServerProcess.UntilAsync(() => !workers.Any(static id => Directory.Exists($"/proc/{id}")));

        await KillAndRestartAsync();

        using var batch = remote.CreateBatch();
        var calls = Enumerable.Range(0, 100).Select(i => batch.Call(add, i, i)).ToArray();
        await batch.SendAsync();
        Assert.That(calls.Select(c => c.Result), Is.EqualTo(Enumerable.Range(0, 100).Select(i => 2 * i)));
    }

    [Test]
    public async Task ServerKilledDuringCalls()
    {
        await using var remote = await _server!.ConnectAsync();
        await using var strict = await _server.ConnectAsync(new RemoteOptions { RerunLostCalls = false });
        var fib = Lambdas.DefineFib(remote);
        var strictFib = Lambdas.DefineFib(strict);
        await fib.DeployAsync();
        await strictFib.DeployAsync();

        var submitted = await fib.SubmitAsync(30L);
        var running = fib.CallAsync<long>(Lambdas.LongFib);
        var lost = strictFib.CallAsync(Lambdas.EndlessFib);
        await remote.ListFunctionsAsync(); // answered after the calls began
        await strict.ListFunctionsAsync();
        await KillAndRestartAsync();

        var error = await Assert.ThrowsAsync<RemoteException>(() => lost);
        Assert.That(error!.Kind, Is.EqualTo(RemoteErrorKind.ConnectionLost));
        Assert.That(error.Message, Does.Contain("not known whether"));
        Assert.That(await strictFib.CallAsync(10L), Is.EqualTo(55));
        Assert.That(await running, Is.EqualTo(Lambdas.LongFibResult));
        Assert.That(await submitted.ResultAsync<long>(), Is.EqualTo(832040));
    }

    private async Task KillAndRestartAsync()
    {
        var address = _server!.Address;
        _server.Kill();
        _server.Dispose();
        _server = await ServerProcess.StartAtAsync(address, "--data", _folder);
    }
}
