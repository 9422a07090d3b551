using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Remote;
using Mlir.Tests.Remote.Server.Support;

namespace Mlir.Tests.Cli.Serve;

/// <summary>Clients that call whatever there is while workers die.</summary>
public sealed class SoakTests
{
    private const int Clients = 8;
    private const int Seed = 20240229;
    private const int MostLines = 20;
    private const long MostGrowth = 64 << 20;

    private static readonly TimeSpan Duration = Nightly.Is ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenDeaths = TimeSpan.FromSeconds(1);

    [Test]
    public async Task EightClientsWhileWorkersDie()
    {
        using var server = await ServerProcess.StartAsync();
        var workers = server.Workers.Length;
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(i => CallAsync(server, new Random(Seed + i), end.Token));
        var running = clients.Select(client => Task.Run(() => client)).ToArray();
        var failed = Task.WhenAny(running);
        var random = new Random(Seed);
        var deaths = 0;
        var before = 0L;
        using (var timer = new PeriodicTimer(BetweenDeaths))
        {
            for (var second = 0; second < Duration.TotalSeconds && !failed.IsCompleted; second++)
            {
                await timer.WaitForNextTickAsync();
                if (server.Workers is { Length: > 0 } alive)
                {
                    WorkerProcesses.Kill(alive[random.Next(alive.Length)]);
                    deaths++;
                }

                if (second == (int)Duration.TotalSeconds / 4)
                {
                    before = server.Memory;
                }
            }
        }

        if (failed.IsCompleted)
        {
            TestContext.Out.WriteLine(string.Join('\n', server.Errors.TakeLast(MostLines)));
        }

        await end.CancelAsync();
        var calls = await Task.WhenAll(running);
        var after = server.Memory;
        TestContext.Out.WriteLine(
            $"{calls.Sum()} calls, {deaths} workers killed, {before >> 20} MiB after a quarter, {after >> 20} MiB at the end"
        );
        Assert.That(calls, Is.All.Positive);
        Assert.That(after - before, Is.LessThan(MostGrowth));
        await ServerProcess.UntilAsync(() => server.SharedMemory == 0); // the clients have gone
        await ServerProcess.UntilAsync(() => server.Workers.Length >= workers);
        Assert.That(server.Errors, Has.None.Contain("not foreseen"));
    }

    /// <summary>Makes calls at random until it is told to end.</summary>
    /// <returns>How many.</returns>
    private static async Task<int> CallAsync(ServerProcess server, Random random, CancellationToken end)
    {
        await using var remote = await server.ConnectAsync();
        var add = remote.Define("add", (int x, int y) => x + y, (double x, double y) => x + y);
        var divide = remote.Define("divide", (int x, int y) => x / y);
        var sum = remote.Compile((Tensor<double> t) => Tensor.Sum<double>(t));
        var scale = remote.Compile((Tensor<double> t, double by) => t * by);
        var twice = remote.Compile((string s) => s + s);
        var calls = 0;
        while (!end.IsCancellationRequested)
        {
            var (a, b) = (random.Next(-1000, 1000), random.Next(1, 1000));
            switch (random.Next(9))
            {
                case 0:
                    Assert.That(await add.CallAsync(a, b), Is.EqualTo(a + b));
                    break;
                case 1:
                    Assert.That(add.Call(a + 0.5, b), Is.EqualTo(a + b + 0.5));
                    break;
                case 2:
                    await Assert.ThrowsAsync<DivideByZeroException>(() => divide.CallAsync(a, 0));
                    break;
                case 3:
                    var text = new string((char)('a' + (b % 26)), b);
                    Assert.That(await twice.InvokeAsync(text), Is.EqualTo(text + text));
                    break;
                case 4:
                    calls += await CallTogetherAsync(remote, add, divide, a);
                    break;
                case 5:
                    var submitted = await divide.SubmitAsync(a, b);
                    Assert.That(await submitted.ResultAsync<int>(), Is.EqualTo(a / b));
                    break;
                case 6:
                    var numbers = Enumerable.Range(0, b * 100).Select(i => (double)(i % b)).ToArray();
                    Assert.That(await sum.InvokeAsync(Tensor.Create(numbers)), Is.EqualTo(numbers.Sum()));
                    break;
                case 7:
                    await using (
                        var uploaded = await remote.UploadAsync(Enumerable.Repeat((double)a, b * 100).ToArray())
                    )
                    await using (var scaled = await scale.KeepAsync(uploaded, 2.0))
                    {
                        Assert.That(await sum.InvokeAsync(scaled), Is.EqualTo(2.0 * a * b * 100));
                        Assert.That((await scaled.DownloadAsync<double>()).ToArray(), Is.All.EqualTo(2.0 * a));
                    }

                    calls += 2;
                    break;
                default:
                    var parameter = Expression.Parameter(typeof(int), "x");
                    var body = Expression.Multiply(parameter, Expression.Constant(a));
                    var passing = remote.Define("passing", Expression.Lambda<Func<int, int>>(body, parameter));
                    Assert.That(await passing.CallAsync(b), Is.EqualTo(a * b));
                    await passing.UnloadAsync();
                    break;
            }

            calls++;
        }

        return calls;
    }

    private static async Task<int> CallTogetherAsync(RemoteJit remote, RemoteFunction add, RemoteFunction divide, int a)
    {
        using var batch = remote.CreateBatch();
        var sums = Enumerable.Range(0, 100).Select(i => batch.Call(add, a, i)).ToArray();
        var quotients = Enumerable.Range(0, 20).Select(i => batch.Call(divide, a, i % 10)).ToArray();
        await batch.SendAsync();
        Assert.That(sums.Select(static call => call.Result), Is.EqualTo(Enumerable.Range(0, 100).Select(i => a + i)));
        for (var i = 0; i < quotients.Length; i++)
        {
            if (i % 10 == 0)
            {
                Assert.That(() => quotients[i].Result, Throws.TypeOf<DivideByZeroException>());
            }
            else
            {
                Assert.That(quotients[i].Result, Is.EqualTo(a / (i % 10)));
            }
        }

        return sums.Length + quotients.Length;
    }
}
