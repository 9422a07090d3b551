using System.Diagnostics;
using System.Globalization;
using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Remote;
using Mlir.Remote.Server;

namespace Mlir.Bench.Remote;

/// <summary>The remote executor beside a raw TCP ping-pong, each in processes of its own on loopback, in one run.</summary>
internal static class RemoteRun
{
    /// <summary>Starts this program as a server.</summary>
    public const string ServerRole = "--remote-server";

    /// <summary>Starts this program as the other side of the ping-pong.</summary>
    public const string PingRole = "--ping-server";

    /// <summary>Starts this program as a client that makes one call.</summary>
    public const string FirstCallRole = "--remote-first-call";

    private const int Calls = 10_000;
    private const int Clients = 4;
    private const int EchoBytes = 8 << 20;

    /// <summary>Serves until its standard input ends.</summary>
    public static async Task<int> ServeAsync(string listen)
    {
        Environment.SetEnvironmentVariable(RemoteServer.InlineCompletions, "1"); // as mlir serve
        await using var server = await RemoteServer.StartAsync(new() { Listen = listen });
        Console.WriteLine(string.Join(';', server.Addresses));
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>What a cold client does: connects, defines, calls.</summary>
    public static async Task<int> FirstCallAsync(string address)
    {
        await using var remote = await RemoteJit.ConnectAsync(address);
        var add = remote.Define("add", (double x, double y) => x + y);
        return await add.CallAsync<double>(1.0, 2.0) == 3 ? 0 : 1;
    }

    /// <summary>Measures everything.</summary>
    /// <param name="print">Takes one figure: case, peer, size, metric, value, unit.</param>
    public static async Task RunAsync(Action<string, string, int, string, double, string> print)
    {
        var socket = Path.Combine(Path.GetTempPath(), $"mlir-bench-{Environment.ProcessId}.sock");
        using var ping = new ChildProcess(PingRole);
        using var server = new ChildProcess(ServerRole, $"http://127.0.0.1:0;unix:{socket}");
        var addresses = server.FirstLine.Split(';');
        print("remote-memory", "mlir-server", 0, "idle", server.Resident() / 1e6, "MB");
        print("remote-memory", "mlir-server+workers", 0, "idle", server.WithChildren() / 1e6, "MB");

        for (var round = 0; round < 3; round++)
        {
            using var raw = new PingPong(int.Parse(ping.FirstLine, CultureInfo.InvariantCulture));
            Latency("raw-tcp", raw.Run, print);
            foreach (var (peer, address) in new[] { ("mlir-tcp", addresses[0]), ("mlir-unix", addresses[1]) })
            {
                await using var remote = await RemoteJit.ConnectAsync(address);
                var add = remote.Compile((double x, double y) => x + y).Invoke;
                Latency(peer, () => add(1, 2), print);
                var function = remote.Define("add", (int x, int y) => x + y, (double x, double y) => x + y);
                Latency(peer + "-overloads", () => function.Call(1, 2), print);
            }

            Throughput(addresses[0], print);
            await BatchesAsync(addresses[0], print);
            await FirstCallsAsync(addresses[0], print);
            ColdProcess(addresses[0], print);
            await EchoAsync("mlir-tcp", addresses[0], print);
            await EchoAsync("mlir-unix", addresses[1], print);
        }

        var before = server.Resident();
        var beforeAll = server.WithChildren();
        await DefineCallUnloadAsync(addresses[0], print);
        print("remote-memory", "mlir-server", 10_000, "growth", (server.Resident() - before) / 1e6, "MB");
        print(
            "remote-memory",
            "mlir-server+workers",
            10_000,
            "growth",
            (server.WithChildren() - beforeAll) / 1e6,
            "MB"
        );
    }

    private static void Latency(string peer, Action call, Action<string, string, int, string, double, string> print)
    {
        for (var i = 0; i < Calls / 2; i++)
        {
            call();
        }

        var times = new double[Calls];
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            call();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        print("remote-add", peer, Calls, "median", times[times.Length / 2], "us");
        print("remote-add", peer, Calls, "p99", times[times.Length * 99 / 100], "us");
    }

    private static void Throughput(string address, Action<string, string, int, string, double, string> print)
    {
        var done = 0L;
        var stop = false;
        var threads = Enumerable
            .Range(0, Clients)
            .Select(_ => new Thread(() =>
            {
                using var remote = RemoteJit.Connect(address);
                var add = remote.Compile((double x, double y) => x + y).Invoke;
                while (!Volatile.Read(ref stop))
                {
                    add(1, 2);
                    Interlocked.Increment(ref done);
                }
            }))
            .ToArray();
        Array.ForEach(threads, static t => t.Start());
        var rate = Rate(() => Interlocked.Read(ref done));
        Volatile.Write(ref stop, true);
        Array.ForEach(threads, static t => t.Join());
        print("remote-calls", "mlir-tcp", Clients, "rate", rate, "calls/s");
    }

    private static async Task BatchesAsync(string address, Action<string, string, int, string, double, string> print)
    {
        const int Size = 1_000;
        await using var remote = await RemoteJit.ConnectAsync(address);
        var add = remote.Define("add", (double x, double y) => x + y);
        var done = 0L;
        var stop = false;
        async Task SendAsync()
        {
            while (!Volatile.Read(ref stop))
            {
                using var batch = remote.CreateBatch();
                var last = batch.Call(add, 1.0, 2.0);
                for (var i = 1; i < Size; i++)
                {
                    last = batch.Call(add, 1.0, 2.0);
                }

                await batch.SendAsync();
                if (last.ResultAs<double>() != 3)
                {
                    throw new InvalidOperationException("a batch answered wrongly");
                }

                Interlocked.Add(ref done, Size);
            }
        }

        var senders = Enumerable.Range(0, Clients).Select(_ => Task.Run(SendAsync)).ToArray();
        var rate = Rate(() => Interlocked.Read(ref done));
        Volatile.Write(ref stop, true);
        await Task.WhenAll(senders);
        print("remote-batches", "mlir-tcp", Size, "rate", rate, "calls/s");
    }

    /// <summary>What is counted in two seconds, after one of warming up.</summary>
    private static double Rate(Func<long> count)
    {
        var clock = Stopwatch.StartNew();
        SpinWait.SpinUntil(() => clock.Elapsed > TimeSpan.FromSeconds(1), Timeout.Infinite);
        var (from, start) = (count(), clock.Elapsed);
        using var wait = new ManualResetEventSlim();
        wait.Wait(TimeSpan.FromSeconds(2));
        return (count() - from) / (clock.Elapsed - start).TotalSeconds;
    }

    private static async Task FirstCallsAsync(string address, Action<string, string, int, string, double, string> print)
    {
        const int Count = 40;
        await using var remote = await RemoteJit.ConnectAsync(address);
        var times = new List<double>();
        for (var i = 0; i < Count; i++)
        {
            var function = New(Stopwatch.GetTimestamp());
            var start = Stopwatch.GetTimestamp();
            remote.Compile(function).Invoke(2);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        print("remote-first-call", "mlir-tcp", 0, "median", times[Count / 2], "ms");
    }

    private static void ColdProcess(string address, Action<string, string, int, string, double, string> print)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start("dotnet", [typeof(RemoteRun).Assembly.Location, FirstCallRole, address]);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("the cold client failed");
        }

        print("remote-cold-process", "mlir-tcp", 0, "time", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");
    }

    /// <summary>An array there, through a function that returns it as it is, and back.</summary>
    private static async Task EchoAsync(
        string peer,
        string address,
        Action<string, string, int, string, double, string> print
    )
    {
        await using var remote = await RemoteJit.ConnectAsync(address);
        var echo = remote.Compile((Tensor<double> x) => x).Invoke;
        var data = Tensor.Create(Enumerable.Range(0, EchoBytes / sizeof(double)).Select(i => (double)i).ToArray());
        var times = new List<double>();
        for (var i = 0; i < 30; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var back = echo(data);
            if (i >= 10)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            if (back[data.FlattenedLength - 1] != data.FlattenedLength - 1)
            {
                throw new InvalidOperationException("the echo is wrong");
            }
        }

        times.Sort();
        print("remote-echo", peer, EchoBytes, "median", 2.0 * EchoBytes / times[times.Count / 2] / 1e9, "GB/s");
    }

    private static async Task DefineCallUnloadAsync(
        string address,
        Action<string, string, int, string, double, string> print
    )
    {
        await using var remote = await RemoteJit.ConnectAsync(address);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Calls; i++)
        {
            var function = remote.Define("f", New(i));
            if (function.Call<double>(2.0) != 2.0 + i)
            {
                throw new InvalidOperationException("a call answered wrongly");
            }

            await function.UnloadAsync();
        }

        print(
            "remote-define-call-unload",
            "mlir-tcp",
            Calls,
            "each",
            Stopwatch.GetElapsedTime(start).TotalMilliseconds / Calls,
            "ms"
        );
    }

    /// <summary>A function that nobody has defined before.</summary>
    private static Expression<Func<double, double>> New(double constant)
    {
        var x = Expression.Parameter(typeof(double), "x");
        return Expression.Lambda<Func<double, double>>(Expression.Add(x, Expression.Constant(constant)), x);
    }
}
