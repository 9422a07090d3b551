using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server;
using Mlir.Tests.Remote.Server.Support;

namespace Mlir.Tests.Remote.Server.Operations;

/// <summary>What an operator relies on: draining, health, telemetry, sessions that come back and sessions that end.</summary>
public sealed class OperationTests
{
    private const string Loopback = "http://127.0.0.1:0";

    [Test]
    public async Task Stopping_lets_running_calls_end_and_takes_no_new_ones()
    {
        await using var server = await RemoteServer.StartAsync(
            new()
            {
                Listen = Loopback,
                Workers = 1,
                Limits = new() { MaxCallTime = TimeSpan.FromSeconds(2) },
            }
        );
        await using var client = await RawConnection.OpenAsync(server.Addresses[0]);
        var function = (await client.DefineAsync("forever", Modules.Forever))[0];
        var running = RawConnection.Call(function, 1);
        var runningId = await client.SendAsync(running);
        await client.RequestAsync(new ClientMessage { GetServerInfo = new GetServerInfoRequest() });

        var stopping = server.StopAsync();
        var refused = await client.FailAsync(RawConnection.Call(function, 2));
        Assert.That(refused.Code, Is.EqualTo(ErrorCode.Unavailable));
        var ended = (await client.ReceiveAsync())!;
        Assert.That((ended.Id, ended.Error.Code), Is.EqualTo((runningId, ErrorCode.Timeout)));
        await stopping;
        Assert.That(await client.ReceiveAsync(), Is.Null);
    }

    [Test]
    public async Task Health_is_told_over_every_version_of_http()
    {
        await using var server = await RemoteServer.StartAsync(
            new()
            {
                Listen = Loopback,
                HealthListen = Loopback,
                Workers = 1,
            }
        );
        using var http = new HttpClient();
        Assert.That(await http.GetStringAsync($"{server.HealthAddress}/healthz"), Is.EqualTo("ok\n"));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{server.Addresses[0]}/healthz")
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await http.SendAsync(request);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("ok\n"));
    }

    [Test]
    public async Task Calls_compilations_and_restarts_are_measured()
    {
        var measured = new ConcurrentDictionary<string, double>();
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Mlir.Remote.Server")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        void Add(string name, double value) => measured.AddOrUpdate(name, value, (_, old) => old + value);
        meters.SetMeasurementEventCallback<long>((i, value, _, _) => Add(i.Name, value));
        meters.SetMeasurementEventCallback<double>((i, _, _, _) => Add(i.Name, 1));
        meters.Start();
        var spans = new ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Mlir.Remote.Server",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => spans.Add($"{activity.OperationName} {activity.GetTagItem("function")}"),
        };
        ActivitySource.AddActivityListener(listener);

        await using var server = await RemoteServer.StartAsync(new() { Listen = Loopback, Workers = 1 });
        await using var client = await RawConnection.OpenAsync(server.Addresses[0]);
        var add = (await client.DefineAsync("measured", Modules.Add))[0];
        await client.DefineAsync("again", Modules.Add);
        await client.CallAsync(add, 1, 2);
        await client.CallAsync(add, 3, 4);
        WorkerProcesses.Kill(WorkerProcesses.Of(Environment.ProcessId)[0]);
        var start = Stopwatch.GetTimestamp();
        while (measured.GetValueOrDefault("mlir.remote.worker.restarts") == 0)
        {
            Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(30)));
            meters.RecordObservableInstruments();
        }

        Assert.Multiple(() =>
        {
            Assert.That(measured["mlir.remote.calls"], Is.EqualTo(2));
            Assert.That(measured["mlir.remote.call.duration"], Is.EqualTo(2));
            Assert.That(measured["mlir.remote.compile.duration"], Is.EqualTo(1));
            Assert.That(measured["mlir.remote.cache.hits"], Is.EqualTo(1));
            Assert.That(measured["mlir.remote.sessions"], Is.GreaterThanOrEqualTo(1));
            Assert.That(spans, Does.Contain("call measured").And.Contain("define measured"));
        });
    }

    [Test]
    public async Task A_lost_connection_finds_its_session_again()
    {
        await using var server = await RemoteServer.StartAsync(new() { Listen = Loopback, Workers = 1 });
        var first = await RawConnection.OpenAsync(server.Addresses[0]);
        var function = (await first.DefineAsync("add", Modules.Add))[0];
        await first.DisposeAsync();
        await using var second = await RawConnection.OpenAsync(server.Addresses[0], first.Token);
        Assert.That(second.Resumed, Is.True);
        Assert.That(await second.CallAsync(function, 1, 2), Is.EqualTo(3));
    }

    [Test]
    public async Task A_submitted_call_runs_while_nobody_waits_and_can_be_stopped()
    {
        await using var server = await RemoteServer.StartAsync(new() { Listen = Loopback, Workers = 1 });
        await using var client = await RawConnection.OpenAsync(server.Addresses[0]);
        var ids = new[]
        {
            (await client.DefineAsync("add", Modules.Add))[0],
            (await client.DefineAsync("forever", Modules.Forever))[0],
        };
        var sum = await Submit(RawConnection.Call(ids[0], 20, 22));
        Assert.That((await client.RequestAsync(Collect(sum))).Call.Result.Float64, Is.EqualTo(42));
        Assert.That((await client.FailAsync(Collect(sum))).Code, Is.EqualTo(ErrorCode.NotFound));

        var endless = await Submit(RawConnection.Call(ids[1], 1));
        await client.RequestAsync(new ClientMessage { Cancel = new CancelRequest { CallId = endless } });
        Assert.That((await client.FailAsync(Collect(endless))).Code, Is.EqualTo(ErrorCode.Cancelled));
        Assert.That(await client.CallAsync(ids[0], 1, 2), Is.EqualTo(3));

        async Task<ulong> Submit(ClientMessage call) =>
            (await client.RequestAsync(new ClientMessage { Submit = new SubmitRequest { Call = call.Call } }))
                .Submit
                .CallId;

        static ClientMessage Collect(ulong call) => new() { Collect = new CollectRequest { CallId = call } };
    }

    [Test]
    public async Task A_request_can_be_taken_back_while_it_runs()
    {
        await using var server = await RemoteServer.StartAsync(new() { Listen = Loopback, Workers = 1 });
        await using var client = await RawConnection.OpenAsync(server.Addresses[0]);
        var forever = (await client.DefineAsync("forever", Modules.Forever))[0];
        var id = await client.SendAsync(RawConnection.Call(forever, 1));
        await client.SendAsync(new ClientMessage { Cancel = new CancelRequest { MessageId = id } });
        var answers = new[] { (await client.ReceiveAsync())!, (await client.ReceiveAsync())! };
        Assert.That(answers.Single(a => a.Id == id).Error.Code, Is.EqualTo(ErrorCode.Cancelled));
    }

    [Test]
    public async Task A_function_is_described_at_every_level()
    {
        await using var server = await RemoteServer.StartAsync(new() { Listen = Loopback, Workers = 1 });
        await using var client = await RawConnection.OpenAsync(server.Addresses[0]);
        var overload = Modules.Add;
        overload.Source = "Program.cs(18): (x, y) => x + y";
        var function = (await client.DefineAsync("add", overload))[0];
        await client.CallAsync(function, 1, 2);
        var described = (
            await client.RequestAsync(
                new ClientMessage
                {
                    DescribeFunction = new DescribeFunctionRequest { Name = "add", IncludeIr = true },
                }
            )
        ).DescribeFunction.Overloads.Single();
        Assert.Multiple(() =>
        {
            Assert.That(described.Info.Calls, Is.EqualTo(1));
            Assert.That(described.Info.Source, Is.EqualTo(overload.Source));
            Assert.That(described.Info.Target, Is.EqualTo("cpu"));
            Assert.That(described.Info.CompileNanoseconds, Is.GreaterThan(0));
            Assert.That(described.Module, Is.EqualTo(overload.Module));
            Assert.That(described.Listings.Select(l => l.Stage), Does.Contain("llvm ir").And.Contain("assembly"));
            Assert.That(described.Listings.Last().Text, Does.Contain("addsd").Or.Contain("fadd"));
        });
    }

    [Test]
    public async Task A_definition_replaces_the_old_one_in_one_step()
    {
        await using var server = await RemoteServer.StartAsync(new() { Listen = Loopback, Workers = 2 });
        await using var writer = await RawConnection.OpenAsync(server.Addresses[0]);
        await using var reader = await RawConnection.OpenAsync(server.Addresses[0], writer.Token);
        var multiply = Modules.Function(
            "%0 = arith.mulf %a0, %a1 : f64\n  return %0 : f64",
            Modules.Double,
            Modules.Double,
            Modules.Double
        );
        await writer.DefineAsync("f", Modules.Add);
        var done = false;
        var seen = new HashSet<double>();
        var reading = Task.Run(async () =>
        {
            while (!Volatile.Read(ref done))
            {
                var call = RawConnection.Call(0, 3, 4);
                call.Call.Name = "f";
                seen.Add((await reader.RequestAsync(call)).Call.Result.Float64);
            }
        });
        for (var i = 0; i < 50; i++)
        {
            await writer.DefineAsync("f", i % 2 == 0 ? multiply : Modules.Add);
        }

        Volatile.Write(ref done, true);
        await reading;
        Assert.That(seen, Is.SubsetOf(new[] { 7.0, 12.0 }));
    }

    [Test]
    public async Task What_was_compiled_for_one_client_is_there_for_the_next()
    {
        await using var server = await RemoteServer.StartAsync(new() { Listen = Loopback, Workers = 1 });
        await using var first = await RawConnection.OpenAsync(server.Addresses[0]);
        await using var second = await RawConnection.OpenAsync(server.Addresses[0]);
        var define = new ClientMessage
        {
            Define = new DefineRequest { Name = "add", Overloads = { Modules.Add } },
        };
        Assert.That((await first.RequestAsync(define.Clone())).Define.Functions.Single().Cached, Is.False);
        Assert.That((await second.RequestAsync(define.Clone())).Define.Functions.Single().Cached, Is.True);
    }

    [Test]
    public async Task Endless_calls_of_one_client_hold_up_no_other()
    {
        await using var server = await RemoteServer.StartAsync(new() { Listen = Loopback, Workers = 2 });
        await using var hog = await RawConnection.OpenAsync(server.Addresses[0]);
        await using var honest = await RawConnection.OpenAsync(server.Addresses[0]);
        var forever = (await hog.DefineAsync("forever", Modules.Forever))[0];
        var add = (await honest.DefineAsync("add", Modules.Add))[0];
        var ids = new List<ulong>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await hog.SendAsync(RawConnection.Call(forever, 1)));
        }

        var first = hog.ReceiveAsync();
        for (var i = 0; i < 100; i++)
        {
            Assert.That(await honest.CallAsync(add, i, 1), Is.EqualTo(i + 1));
        }

        Assert.That(first.IsCompleted, Is.False, "the endless calls still run, and still hold their workers");
        foreach (var id in ids)
        {
            await hog.SendAsync(
                new ClientMessage
                {
                    Id = 0,
                    Cancel = new CancelRequest { MessageId = id },
                }
            );
        }

        var answers = new List<ServerMessage> { (await first)! };
        while (answers.Count < 2 * ids.Count)
        {
            answers.Add((await hog.ReceiveAsync())!);
        }

        Assert.That(
            answers.Where(a => ids.Contains(a.Id)).Select(a => a.Error.Code),
            Is.All.EqualTo(ErrorCode.Cancelled)
        );
    }
}
