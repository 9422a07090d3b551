using System.Diagnostics;
using System.Globalization;
using Mlir.Tests.Remote.Server.Support;

namespace Mlir.Tests.Cli.Serve;

/// <summary>Workers and clients that are killed from outside: nobody else notices, and nothing is left behind.</summary>
public sealed class DeathTests
{
    private const int ArrayBytes = 64 << 20;

    private ServerProcess? _server;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await ServerProcess.StartAsync();

    [OneTimeTearDown]
    public void Stop() => _server?.Dispose();

    [Test]
    public async Task WorkerKilledDuringACall()
    {
        var server = _server!;
        await using var remote = await server.ConnectAsync();
        var fib = Lambdas.DefineFib(remote);
        await fib.DeployAsync();
        var running = fib.CallAsync<long>(Lambdas.LongFib);
        await remote.ListFunctionsAsync(); // answered after the call began

        var workers = server.Workers;
        Array.ForEach(workers, WorkerProcesses.Kill);
        Assert.That(running.IsCompleted, Is.False, "the call is too short for this test");

        Assert.That(await running, Is.EqualTo(Lambdas.LongFibResult));
        await ServerProcess.UntilAsync(() => server.Workers.Length >= workers.Length);
        Assert.That(server.Workers.Intersect(workers), Is.Empty);
    }

    [Test]
    public async Task ClientKilledDuringAnUpload()
    {
        var server = _server!;
        await using var remote = await server.ConnectAsync();
        var add = remote.Define("add", (int x, int y) => x + y);
        var tensor = await remote.UploadAsync(Enumerable.Range(0, 100_000).ToArray());
        Assert.That(await add.CallAsync(1, 2), Is.EqualTo(3));
        var before = server.SharedMemory;
        Assert.That(before, Is.AtLeast(400_000));

        using var client = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    typeof(ClientProgram).Assembly.Location,
                    server.Address,
                    ArrayBytes.ToString(CultureInfo.InvariantCulture),
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        var arrived = await client.StandardOutput.ReadLineAsync();
        var during = server.SharedMemory;
        var between = await add.CallAsync(3, 4);
        client.Kill();
        await client.WaitForExitAsync();

        Assert.That(int.Parse(arrived!, CultureInfo.InvariantCulture), Is.InRange(1, ArrayBytes - 1));
        Assert.That(during, Is.AtLeast(before + ArrayBytes));
        Assert.That(between, Is.EqualTo(7));
        await ServerProcess.UntilAsync(() => server.SharedMemory == before);
        Assert.That(await add.CallAsync(5, 6), Is.EqualTo(11));
        Assert.That((await tensor.DownloadAsync<int>()).ToArray(), Is.EqualTo(Enumerable.Range(0, 100_000)));
    }
}
