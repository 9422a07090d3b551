using Mlir.Frontend;
using Mlir.Remote;

namespace Mlir.Tests.Cli.Serve;

/// <summary>What a call does to its worker stays with the call.</summary>
public sealed class IsolationTests
{
    private const string Limited = """{ "Limits": { "MaxCallTime": "00:00:01" } }""";

    private string _folder = "";
    private ServerProcess? _server;
    private RemoteJit? _remote;
    private RemoteJit? _honest;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("mlir").FullName;
        var file = Path.Combine(_folder, "serve.json");
        await File.WriteAllTextAsync(file, Limited);
        _server = await ServerProcess.StartAsync("--config", file);
        _remote = await _server.ConnectAsync();
        _honest = await _server.ConnectAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await (_remote?.DisposeAsync() ?? default);
        await (_honest?.DisposeAsync() ?? default);
        _server?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task EndlessRecursionEndsItsCallOnly()
    {
        var nest = _remote!.Define("nest", (double x) => 1 / (1 + Function.Call<double>("nest", x + 1)));
        await nest.DeployAsync();

        var (error, calls) = await WhileOthersCallAsync(nest.CallAsync(0.0));

        Assert.That(error, Is.TypeOf<RemoteException>());
        Assert.That(((RemoteException)error!).Kind, Is.EqualTo(RemoteErrorKind.WorkerCrashed));
        Assert.That(error!.Message, Does.Contain("stack"));
        Assert.That(calls, Is.Positive);
        Assert.That(await _remote.Define("half", (int x) => x / 2).CallAsync(5), Is.EqualTo(2));
    }

    [Test]
    public async Task AnEndlessCallEndsAtTheServersLimit()
    {
        var fib = Lambdas.DefineFib(_remote!);
        await fib.DeployAsync();

        var (error, calls) = await WhileOthersCallAsync(fib.CallAsync(Lambdas.EndlessFib));

        Assert.That(error, Is.TypeOf<TimeoutException>());
        Assert.That(error!.Message, Does.Contain("max_call_milliseconds"));
        Assert.That(calls, Is.GreaterThan(10));
        Assert.That(await fib.CallAsync(10L), Is.EqualTo(55));
    }

    [Test]
    public async Task AnEndlessCallEndsAtTheClientsTimeout()
    {
        var fib = Lambdas.DefineFib(_remote!);
        await fib.DeployAsync();
        var options = new RemoteCallOptions { Timeout = TimeSpan.FromMilliseconds(200) };

        var (error, calls) = await WhileOthersCallAsync(fib.CallAsync([Lambdas.EndlessFib], options, default));

        Assert.That(error, Is.TypeOf<TimeoutException>());
        Assert.That(calls, Is.Positive);
        Assert.That(await fib.CallAsync(10L), Is.EqualTo(55));
    }

    /// <summary>Another client calls until a call has ended.</summary>
    /// <returns>How it failed, and the other client's calls.</returns>
    private async Task<(Exception? Error, int Calls)> WhileOthersCallAsync(Task running)
    {
        var twice = _honest!.Define("twice", (int x) => 2 * x);
        var calls = 0;
        do
        {
            Assert.That(await twice.CallAsync(calls), Is.EqualTo(2 * calls));
            calls++;
        } while (!running.IsCompleted);

        return (running.Exception?.InnerException, calls);
    }
}
