using Google.Protobuf;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server;
using Mlir.Tests.Remote.Server.Support;

namespace Mlir.Tests.Remote.Server.Limiting;

/// <summary>Every limit holds, and its error names it.</summary>
public sealed class LimitTests
{
    private RemoteServer _server = null!;
    private RawConnection _client = null!;

    [OneTimeSetUp]
    public async Task StartServer() =>
        _server = await RemoteServer.StartAsync(
            new()
            {
                Listen = "http://127.0.0.1:0",
                Workers = 1,
                Limits = new()
                {
                    MaxMessageBytes = 1 << 20,
                    MaxModuleBytes = 20_000,
                    MaxFunctions = 3,
                    MaxBufferBytes = 8_000,
                    MaxStoredBytes = 20_000,
                    MaxCallMemoryBytes = 1 << 20,
                    MaxConcurrentCalls = 2,
                    MaxBatchCalls = 4,
                    MaxCallTime = TimeSpan.FromMilliseconds(500),
                    MaxSessions = 30,
                },
            }
        );

    [OneTimeTearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [SetUp]
    public async Task Connect() => _client = await RawConnection.OpenAsync(_server.Addresses[0]);

    [TearDown]
    public async Task Disconnect()
    {
        await _client.SendAsync(new ClientMessage { CloseSession = new CloseSessionRequest() });
        await _client.DisposeAsync();
    }

    [Test]
    public async Task The_limits_are_told() =>
        Assert.That(
            (await _client.RequestAsync(new ClientMessage { GetServerInfo = new GetServerInfoRequest() }))
                .ServerInfo
                .Limits,
            Is.EqualTo(
                new Mlir.Remote.Protocol.Limits
                {
                    MaxMessageBytes = 1 << 20,
                    MaxModuleBytes = 20_000,
                    MaxFunctions = 3,
                    MaxBufferBytes = 8_000,
                    MaxStoredBytes = 20_000,
                    MaxCallMemoryBytes = 1 << 20,
                    MaxConcurrentCalls = 2,
                    MaxBatchCalls = 4,
                    MaxCallMilliseconds = 500,
                    MaxCompileMilliseconds = 10_000,
                }
            )
        );

    [Test]
    public async Task Modules_are_not_too_large()
    {
        var overload = Modules.Add;
        overload.Module = ByteString.CopyFromUtf8(overload.Module.ToStringUtf8() + new string(' ', 20_000));
        await AssertLimit("max_module_bytes", Define("f", overload));
    }

    [Test]
    public async Task Functions_are_not_too_many()
    {
        await _client.DefineAsync("a", Modules.Add, Modules.Divide);
        await _client.DefineAsync("b", Modules.Add);
        await AssertLimit("max_functions", Define("c", Modules.Add));
        await _client.RequestAsync(new ClientMessage { Unload = new UnloadRequest { Name = "b" } });
        Assert.That(await _client.DefineAsync("c", Modules.Add), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Arrays_are_not_too_large_and_not_too_many()
    {
        await AssertLimit("max_buffer_bytes", Allocate(1_001));
        var first = (await _client.RequestAsync(Allocate(1_000))).Buffer.BufferId;
        await _client.RequestAsync(Allocate(1_000));
        await AssertLimit("max_stored_bytes", Allocate(1_000));
        await _client.RequestAsync(new ClientMessage { Release = new ReleaseRequest { BufferIds = { first } } });
        Assert.That((await _client.RequestAsync(Allocate(1_000))).Buffer.Bytes, Is.EqualTo(8_000));
    }

    [TestCase(-1L)]
    [TestCase(long.MaxValue, long.MaxValue)]
    [TestCase(1L << 62, 1L << 62, 0L)]
    public async Task Shapes_that_make_no_sense_are_refused(params long[] shape)
    {
        var request = new ClientMessage
        {
            Allocate = new AllocateRequest { Element = ScalarKind.Float64, Shape = { shape } },
        };
        Assert.That((await _client.FailAsync(request)).Code, Is.EqualTo(ErrorCode.InvalidRequest));
    }

    [Test]
    public async Task Writes_stay_inside_their_array()
    {
        var buffer = (await _client.RequestAsync(Allocate(10))).Buffer.BufferId;
        foreach (var (offset, length) in new[] { (0UL, 81), (80UL, 1), (ulong.MaxValue, 1), (79UL, 2) })
        {
            var write = new ClientMessage
            {
                Write = new WriteRequest
                {
                    BufferId = buffer,
                    Offset = offset,
                    Data = ByteString.CopyFrom(new byte[length]),
                },
            };
            Assert.That(
                (await _client.FailAsync(write)).Code,
                Is.EqualTo(ErrorCode.InvalidRequest),
                $"{offset} {length}"
            );
        }

        await _client.RequestAsync(new ClientMessage { Seal = new SealRequest { BufferId = buffer } });
        var late = new ClientMessage
        {
            Write = new WriteRequest { BufferId = buffer, Data = ByteString.CopyFrom(new byte[8]) },
        };
        Assert.That((await _client.FailAsync(late)).Message, Does.Contain("sealed"));
    }

    [Test]
    public async Task Calls_do_not_run_for_ever_and_are_not_too_many_at_once()
    {
        var forever = (await _client.DefineAsync("forever", Modules.Forever))[0];
        for (ulong id = 101; id <= 103; id++)
        {
            var call = RawConnection.Call(forever, 1);
            call.Id = id;
            await _client.SendAsync(call);
        }

        var answers = new Dictionary<ulong, Error>();
        for (var i = 0; i < 3; i++)
        {
            var answer = (await _client.ReceiveAsync())!;
            answers[answer.Id] = answer.Error;
        }

        Assert.That(answers[103].Limit, Is.EqualTo("max_concurrent_calls"));
        Assert.That(new[] { answers[101].Code, answers[102].Code }, Is.All.EqualTo(ErrorCode.Timeout));
    }

    [Test]
    public async Task Batches_are_not_too_large()
    {
        var add = (await _client.DefineAsync("add", Modules.Add))[0];
        var batch = new CallBatchRequest();
        batch.Calls.AddRange(Enumerable.Range(0, 5).Select(_ => RawConnection.Call(add, 1, 2).Call));
        await AssertLimit("max_batch_calls", new ClientMessage { CallBatch = batch });
        await AssertLimit(
            "max_batch_calls",
            new ClientMessage
            {
                Call = new CallRequest { FunctionId = add, Packed = ByteString.CopyFrom(new byte[5 * 16]) },
            }
        );
        batch.Calls.RemoveAt(0);
        Assert.That(
            (await _client.RequestAsync(new ClientMessage { CallBatch = batch.Clone() })).CallBatch.Outcomes.Select(o =>
                o.Response.Result.Float64
            ),
            Is.All.EqualTo(3)
        );
    }

    [Test]
    public async Task Calls_do_not_take_more_memory_than_they_may()
    {
        var grow = Modules.Text(
            """
            #map = affine_map<(d0) -> (d0)>
            func.func @main(%n: i64) -> tensor<?xf64> {
              %k = arith.index_cast %n : i64 to index
              %c = arith.constant 1.0 : f64
              %e = tensor.empty(%k) : tensor<?xf64>
              %0 = linalg.fill ins(%c : f64) outs(%e : tensor<?xf64>) -> tensor<?xf64>
              return %0 : tensor<?xf64>
            }

            """,
            Modules.Vector,
            new DataType { Scalar = ScalarKind.Int64 }
        );
        var function = (await _client.DefineAsync("grow", grow))[0];
        ClientMessage Call(long count) =>
            new()
            {
                Call = new CallRequest
                {
                    FunctionId = function,
                    Arguments = new Arguments { Positional = { new Value { Int64 = count } } },
                },
            };
        await AssertLimit("max_call_memory_bytes", Call(1 << 20));
        await AssertLimit("max_call_memory_bytes", Call(1L << 50));
        var answer = (await _client.RequestAsync(Call(10))).Call.Result.Array;
        Assert.That((answer.Shape.Single(), answer.Inline.Length), Is.EqualTo((10L, 80)));
    }

    [Test]
    public async Task Answers_are_not_too_large()
    {
        await using var server = await RemoteServer.StartAsync(
            new()
            {
                Listen = "http://127.0.0.1:0",
                Workers = 1,
                Limits = new() { MaxMessageBytes = 100_000 },
            }
        );
        await using var client = await RawConnection.OpenAsync(server.Addresses[0]);
        var echo = (await client.DefineAsync("echo", Modules.Echo))[0];
        var buffer = (await client.RequestAsync(Allocate(5_000))).Buffer.BufferId;
        await client.RequestAsync(new ClientMessage { Seal = new SealRequest { BufferId = buffer } });
        var call = new CallRequest
        {
            FunctionId = echo,
            Arguments = new Arguments { Positional = { new Value { Array = new ArrayValue { BufferId = buffer } } } },
        };
        Assert.That(
            (await client.RequestAsync(new ClientMessage { Call = call.Clone() })).Call.Result.Array.Inline.Length,
            Is.EqualTo(40_000)
        );
        var batch = new CallBatchRequest { Calls = { call.Clone(), call.Clone(), call.Clone() } };
        var error = await client.FailAsync(new ClientMessage { CallBatch = batch });
        Assert.That(error.Limit, Is.EqualTo("max_message_bytes"));
        call.Options = new CallOptions { KeepResults = true };
        batch = new CallBatchRequest { Calls = { call.Clone(), call.Clone(), call.Clone() } };
        Assert.That(
            (await client.RequestAsync(new ClientMessage { CallBatch = batch })).CallBatch.Outcomes.Select(o =>
                o.Response.Result.Array.BufferId
            ),
            Is.All.GreaterThan(0)
        );
    }

    [Test]
    public async Task Sessions_are_not_too_many()
    {
        var open = new List<RawConnection>();
        try
        {
            ProtocolException? refused = null;
            for (var i = 0; i < 31 && refused is null; i++)
            {
                try
                {
                    open.Add(await RawConnection.OpenAsync(_server.Addresses[0]));
                }
                catch (ProtocolException error)
                {
                    refused = error;
                }
            }

            Assert.That(refused?.Error.Limit, Is.EqualTo("max_sessions"));
        }
        finally
        {
            foreach (var connection in open)
            {
                await connection.SendAsync(new ClientMessage { CloseSession = new CloseSessionRequest() });
                await connection.ReceiveAllAsync();
                await connection.DisposeAsync();
            }
        }
    }

    [Test]
    public async Task Truth_values_are_0_or_1_wherever_they_come_from()
    {
        var not = (await _client.DefineAsync("not", Modules.Not))[0];
        ClientMessage Packed(long value) =>
            new()
            {
                Call = new CallRequest { FunctionId = not, Packed = ByteString.CopyFrom(BitConverter.GetBytes(value)) },
            };
        Assert.That((await _client.RequestAsync(Packed(1))).Call.Packed, Is.EqualTo(ByteString.CopyFrom(new byte[8])));
        Assert.That((await _client.FailAsync(Packed(2))).Code, Is.EqualTo(ErrorCode.InvalidRequest));

        var allocate = new ClientMessage
        {
            Allocate = new AllocateRequest { Element = ScalarKind.Bool, Shape = { 3 } },
        };
        var buffer = (await _client.RequestAsync(allocate)).Buffer.BufferId;
        var write = new WriteRequest { BufferId = buffer, Data = ByteString.CopyFrom(0, 1, 2) };
        await _client.RequestAsync(new ClientMessage { Write = write });
        var error = await _client.FailAsync(new ClientMessage { Seal = new SealRequest { BufferId = buffer } });
        Assert.That(error.Message, Does.Contain("bool"));
    }

    [Test]
    public async Task A_module_is_known_by_its_true_hash_alone()
    {
        var add = Modules.Add;
        var hash = ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData(add.Module.Span));
        var wrong = add.Clone();
        wrong.Hash = ByteString.CopyFrom(new byte[32]);
        Assert.That((await _client.FailAsync(Define("f", wrong))).Message, Does.Contain("hash"));

        var unknown = new Overload { Signature = add.Signature, Hash = ByteString.CopyFrom(new byte[32]) };
        var error = await _client.FailAsync(Define("f", unknown));
        Assert.That((error.Code, error.Candidates.Single()), Is.EqualTo((ErrorCode.ModuleNeeded, new string('0', 64))));

        await _client.DefineAsync("first", add);
        var known = new Overload { Signature = add.Signature, Hash = hash };
        var defined = (await _client.RequestAsync(Define("f", known))).Define.Functions.Single();
        Assert.That(defined.Cached, Is.True);
        Assert.That(await _client.CallAsync(defined.FunctionId, 1, 2), Is.EqualTo(3));
    }

    private static ClientMessage Define(string name, params Overload[] overloads) =>
        new()
        {
            Define = new DefineRequest { Name = name, Overloads = { overloads } },
        };

    private static ClientMessage Allocate(long count) =>
        new()
        {
            Allocate = new AllocateRequest { Element = ScalarKind.Float64, Shape = { count } },
        };

    private async Task AssertLimit(string name, ClientMessage request)
    {
        var error = await _client.FailAsync(request);
        Assert.That((error.Code, error.Limit), Is.EqualTo((ErrorCode.LimitExceeded, name)), error.Message);
        Assert.That(error.Message, Does.Contain(name));
    }
}
