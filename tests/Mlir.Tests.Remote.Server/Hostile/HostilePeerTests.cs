using System.Diagnostics;
using Google.Protobuf;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server;
using Mlir.Remote.Server.Grpc;
using Mlir.Tests.Remote.Server.Support;

namespace Mlir.Tests.Remote.Server.Hostile;

/// <summary>Whatever arrives, the server answers or hangs up; it does not crash, leak, hang, or keep honest clients waiting.</summary>
public sealed class HostilePeerTests
{
    /// <summary>As many as a nightly run sends; every build sends a part of them.</summary>
    private static readonly int Streams = Environment.GetEnvironmentVariable("MLIR_NIGHTLY") == "1" ? 25_000 : 500;

    private const int FramesPerStream = 4;

    private RemoteServer _server = null!;

    private string Address => _server.Addresses[0];

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
                    MaxStoredBytes = 64 << 20,
                    MaxBufferBytes = 16 << 20,
                    MaxCallTime = TimeSpan.FromSeconds(2),
                },
            }
        );

    [OneTimeTearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task Mutated_messages_are_answered_or_end_their_stream()
    {
        await using var honest = await RawConnection.OpenAsync(Address);
        var function = (await honest.DefineAsync("add", Modules.Add))[0];
        var before = await MemoryAsync();
        var random = new Random(20261122);
        var seeds = Seeds();
        for (var i = 0; i < Streams; i++)
        {
            var raw = i % 2 == 0;
            await using var stream = await RawConnection.OpenStreamAsync(Address);
            await AttackAsync(stream, raw, seeds, random);
            if (i % 50 == 0)
            {
                Assert.That(await honest.CallAsync(function, i, 1), Is.EqualTo(i + 1), $"after {i} streams");
            }
        }

        Assert.That(await honest.CallAsync(function, 20, 22), Is.EqualTo(42));
        Assert.That(await MemoryAsync() - before, Is.LessThan(64L << 20));
    }

    [Test]
    public async Task Mutated_calls_of_gRPC_end_with_a_status()
    {
        using var http = new HttpClient();
        var random = new Random(20261123);
        var seeds = Seeds();
        // CloseSession would end the attack.
        string[] methods =
        [
            .. UnaryMethod.All.Keys.Where(m => m != "CloseSession"),
            "OpenSession",
            "Upload",
            "Download",
            "Connect",
            "NoSuchMethod",
        ];
        await using var honest = await RawConnection.OpenAsync(Address);
        for (var i = 0; i < Streams; i++)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post,
                $"{Address}/{GrpcEndpoint.Service}/{methods[random.Next(methods.Length)]}"
            )
            {
                Version = System.Net.HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new ByteArrayContent(Mutate(seeds[random.Next(seeds.Count)], random)),
            };
            request.Content.Headers.ContentType = new("application/grpc");
            if (random.Next(3) > 0)
            {
                request.Headers.Add("mlir-session", Convert.ToHexString(honest.Token.Span));
            }

            if (random.Next(10) == 0)
            {
                request.Headers.TryAddWithoutValidation("grpc-timeout", random.Next(2) == 0 ? "1S" : "never");
            }

            using var response = await http.SendAsync(request);
            _ = await response.Content.ReadAsByteArrayAsync();
            var status = response.Headers.TryGetValues("grpc-status", out var early)
                ? early
                : response.TrailingHeaders.GetValues("grpc-status");
            Assert.That(
                int.Parse(status.Single(), System.Globalization.CultureInfo.InvariantCulture),
                Is.InRange(0, 16)
            );
        }

        var function = (await honest.DefineAsync("add", Modules.Add))[0];
        Assert.That(await honest.CallAsync(function, 20, 22), Is.EqualTo(42));
    }

    [TestCase(0xFFFFFFFFu)]
    [TestCase(0x7FFFFFFFu)]
    [TestCase((1u << 20) + 1)]
    public async Task A_message_that_claims_to_be_too_large_is_refused_before_it_is_read(uint length)
    {
        await using var client = await RawConnection.OpenAsync(Address);
        var header = new byte[5];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(1), length);
        await client.SendAsync(header);
        var answers = await client.ReceiveAllAsync();
        Assert.That(answers.Single().Error.Limit, Is.EqualTo("max_message_bytes"));
    }

    [Test]
    public async Task Messages_out_of_order_end_the_stream()
    {
        await using var early = await RawConnection.ConnectAsync(Address);
        await early.SendAsync(MessageFrame.Preface.ToArray());
        await early.SendAsync(RawConnection.Call(1, 1, 2));
        Assert.That((await early.ReceiveAllAsync()).Single().Error.Code, Is.EqualTo(ErrorCode.InvalidRequest));

        await using var rawEarly = await RawConnection.ConnectAsync(Address);
        await rawEarly.SendAsync(MessageFrame.Preface.ToArray());
        await rawEarly.SendAsync(RawConnection.Frame(new byte[64], MessageFrame.Raw));
        Assert.That((await rawEarly.ReceiveAllAsync()).Single().Error.Code, Is.EqualTo(ErrorCode.InvalidRequest));

        await using var twice = await RawConnection.OpenAsync(Address);
        var error = await twice.FailAsync(new ClientMessage { OpenSession = new OpenSessionRequest() });
        Assert.That(error.Code, Is.EqualTo(ErrorCode.InvalidRequest));

        await using var reused = await RawConnection.OpenAsync(Address);
        var forever = (await reused.DefineAsync("forever", Modules.Forever))[0];
        var call = RawConnection.Call(forever, 1);
        call.Id = 77;
        await reused.SendAsync(call);
        await reused.SendAsync(call);
        var answers = new[] { await reused.ReceiveAsync(), await reused.ReceiveAsync() };
        Assert.That(
            answers.Select(a => a!.Error.Code),
            Is.EquivalentTo(new[] { ErrorCode.InvalidRequest, ErrorCode.Timeout })
        );
    }

    [Test]
    public async Task A_stream_that_ends_inside_a_message_leaves_nothing_behind()
    {
        await using var client = await RawConnection.OpenAsync(Address);
        var allocated = (
            await client.RequestAsync(
                new ClientMessage
                {
                    Allocate = new AllocateRequest { Element = ScalarKind.Float64, Shape = { 1000 } },
                }
            )
        ).Buffer;
        var frame = RawConnection.Frame(new byte[1000]);
        await client.SendAsync(frame.AsMemory(0, 500));
        await client.DisposeAsync();

        await using var again = await RawConnection.OpenAsync(Address, client.Token);
        Assert.That(again.Resumed, Is.True);
        await Until(async () =>
            (await again.RequestAsync(new ClientMessage { ListBuffers = new ListBuffersRequest() }))
                .ListBuffers
                .Buffers
                .Count == 0
        );
        var error = await again.FailAsync(
            new ClientMessage { Seal = new SealRequest { BufferId = allocated.BufferId } }
        );
        Assert.That(error.Code, Is.EqualTo(ErrorCode.NotFound));
    }

    [Test]
    public async Task A_long_write_arrives_whole_however_it_is_cut()
    {
        await using var client = await RawConnection.OpenAsync(Address);
        const int Count = 600_000;
        var buffer = (
            await client.RequestAsync(
                new ClientMessage
                {
                    Allocate = new AllocateRequest { Element = ScalarKind.Uint8, Shape = { Count } },
                }
            )
        ).Buffer.BufferId;
        var data = new byte[Count];
        new Random(3).NextBytes(data);
        var payload = new byte[MessageFrame.RawHeaderBytes + Count];
        BitConverter.TryWriteBytes(payload, 900UL);
        BitConverter.TryWriteBytes(payload.AsSpan(8), buffer);
        data.CopyTo(payload.AsSpan(MessageFrame.RawHeaderBytes));
        var frame = RawConnection.Frame(payload, MessageFrame.Raw);

        await client.SendAsync(frame.AsMemory(0, frame.Length / 2));
        await using var other = await RawConnection.OpenAsync(Address, client.Token);
        var early = new ClientMessage { Download = new DownloadRequest { BufferId = buffer } };
        Assert.That((await other.FailAsync(early)).Message, Does.Contain("still being written"));
        for (var at = frame.Length / 2; at < frame.Length; )
        {
            var piece = Math.Min(frame.Length - at, 70_001);
            await client.SendAsync(frame.AsMemory(at, piece));
            at += piece;
        }

        Assert.That((await client.ReceiveAsync())!.Write, Is.Not.Null);
        await client.RequestAsync(new ClientMessage { Seal = new SealRequest { BufferId = buffer } });
        await using var reader = await RawConnection.OpenAsync(Address, client.Token);
        await reader.SendAsync(new ClientMessage { Download = new DownloadRequest { BufferId = buffer } });
        Assert.That(await reader.ReceiveRawAsync(Count), Is.EqualTo(data));

        // A long write to nowhere is refused, and the stream goes on.
        BitConverter.TryWriteBytes(payload.AsSpan(8), 12_345UL);
        await client.SendAsync(RawConnection.Frame(payload, MessageFrame.Raw));
        Assert.That((await client.ReceiveAsync())!.Error.Code, Is.EqualTo(ErrorCode.NotFound));
        Assert.That(
            (await client.RequestAsync(new ClientMessage { ListFunctions = new ListFunctionsRequest() })).ListFunctions,
            Is.Not.Null
        );
    }

    [Test]
    public async Task Idle_and_slow_clients_hold_up_nobody()
    {
        var idle = new List<Stream>();
        try
        {
            for (var i = 0; i < 200; i++)
            {
                var stream = await RawConnection.OpenStreamAsync(Address);
                await stream.WriteAsync(MessageFrame.Preface[..(i % 9)].ToArray());
                idle.Add(stream);
            }

            await using var honest = await RawConnection.OpenAsync(Address);
            var function = (await honest.DefineAsync("add", Modules.Add))[0];
            for (var i = 0; i < 100; i++)
            {
                Assert.That(await honest.CallAsync(function, i, 1), Is.EqualTo(i + 1));
            }
        }
        finally
        {
            foreach (var stream in idle)
            {
                await stream.DisposeAsync();
            }
        }
    }

    [Test]
    public async Task A_client_that_never_reads_is_not_buffered_without_end()
    {
        await using var deaf = await RawConnection.OpenAsync(Address);
        var buffer = (
            await deaf.RequestAsync(
                new ClientMessage
                {
                    Allocate = new AllocateRequest { Element = ScalarKind.Uint8, Shape = { 16 << 20 } },
                }
            )
        ).Buffer.BufferId;
        await deaf.RequestAsync(new ClientMessage { Seal = new SealRequest { BufferId = buffer } });
        var before = await MemoryAsync();
        for (var i = 0; i < 100; i++)
        {
            await deaf.SendAsync(new ClientMessage { Download = new DownloadRequest { BufferId = buffer } });
        }

        await using var honest = await RawConnection.OpenAsync(Address);
        var function = (await honest.DefineAsync("add", Modules.Add))[0];
        Assert.That(await honest.CallAsync(function, 1, 2), Is.EqualTo(3));
        Assert.That(await MemoryAsync() - before, Is.LessThan(200L << 20));
    }

    [Test]
    public async Task Bombs_of_IR_are_refused_and_their_sender_alone_pays()
    {
        await using var client = await RawConnection.OpenAsync(Address);
        string[] bombs =
        [
            string.Concat(Enumerable.Repeat("module {", 100_000)),
            "func.func @main(%a0: f64) -> f64 { return %a0 : " + new string('(', 100_000),
            "func.func @main(%a0: f64) -> f64 {\n  %0 = arith.constant dense<0.0> : tensor<99999999999xf64>\n  return %a0 : f64\n}\n",
            "#a0 = [1]\n"
                + string.Concat(Enumerable.Range(1, 60).Select(i => $"#a{i} = [#a{i - 1}, #a{i - 1}]\n"))
                + "func.func @main(%a0: f64) -> f64 attributes {x = #a60} {\n  return %a0 : f64\n}\n",
            "func.func @main(%a0: f64) -> f64 {\n"
                + string.Concat(Enumerable.Range(0, 15_000).Select(i => $"  %v{i} = arith.addf %a0, %a0 : f64\n"))
                + "  return %v1",
        ];
        foreach (var bomb in bombs)
        {
            var error = await client.FailAsync(
                new ClientMessage
                {
                    Define = new DefineRequest
                    {
                        Name = "bomb",
                        Overloads = { Modules.Text(bomb, Modules.Double, Modules.Double) },
                    },
                }
            );
            Assert.That(
                error.Code,
                Is.AnyOf(ErrorCode.InvalidModule, ErrorCode.LimitExceeded),
                error.ToString()[..Math.Min(500, error.ToString().Length)]
            );
        }

        var function = (await client.DefineAsync("add", Modules.Add))[0];
        Assert.That(await client.CallAsync(function, 1, 2), Is.EqualTo(3));
    }

    /// <summary>Sends good and mutated frames, sometimes cut, and reads what comes back until it is done with.</summary>
    private static async Task AttackAsync(Stream stream, bool raw, List<byte[]> seeds, Random random)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var bytes = new MemoryStream();
        if (raw)
        {
            bytes.Write(MessageFrame.Preface);
        }
        else
        {
            // The start of HTTP/2: preface, empty SETTINGS. What follows are frames of HTTP/2 as far as the server can tell.
            bytes.Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
            bytes.Write([0, 0, 0, 4, 0, 0, 0, 0, 0]);
        }

        if (random.Next(4) != 0)
        {
            bytes.Write(
                RawConnection.Frame(new ClientMessage { Id = 1, OpenSession = new OpenSessionRequest() }.ToByteArray())
            );
        }

        for (var i = 0; i < FramesPerStream; i++)
        {
            bytes.Write(Mutate(seeds[random.Next(seeds.Count)], random));
        }

        var all = bytes.ToArray().AsMemory();
        all = random.Next(3) == 0 ? all[..random.Next(all.Length)] : all;
        try
        {
            // In pieces, as the network may cut it.
            while (!all.IsEmpty)
            {
                var piece = Math.Min(all.Length, random.Next(1, 4_000));
                await stream.WriteAsync(all[..piece], late.Token);
                all = all[piece..];
            }

            // Half-closed: nothing more comes from here, so the server must end.
            ((System.Net.Sockets.NetworkStream)stream).Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            var answer = new byte[64 << 10];
            while (await stream.ReadAsync(answer, late.Token) > 0) { }
        }
        catch (IOException)
        {
            // The server hung up, which is an answer too.
        }
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var i = random.Next(4); i > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, random.Next(1, bytes.Count - at + 1));
                    break;
                case 3:
                    bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 40)).Select(_ => (byte)random.Next(256)));
                    break;
                default:
                    bytes.AddRange(bytes.Take(random.Next(1, 200)).ToArray());
                    break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }

    /// <summary>One frame of each kind of request, deep and wide ones too.</summary>
    private static List<byte[]> Seeds()
    {
        var deep = new Value { Int32 = 1 };
        for (var i = 0; i < 90; i++)
        {
            deep = new Value { Struct = new StructValue { Fields = { deep } } };
        }

        ClientMessage[] messages =
        [
            new()
            {
                Define = new DefineRequest { Name = "f", Overloads = { Modules.Add, Modules.Divide } },
            },
            new() { Define = new DefineRequest { Overloads = { Modules.Echo } } },
            RawConnection.Call(1, 1, 2),
            new()
            {
                Call = new CallRequest { FunctionId = 1, Packed = ByteString.CopyFrom(new byte[32]) },
            },
            new()
            {
                Call = new CallRequest
                {
                    Name = "f",
                    Arguments = new Arguments { Positional = { deep } },
                },
            },
            new()
            {
                CallBatch = new CallBatchRequest { Calls = { RawConnection.Call(1, 1, 2).Call, new CallRequest() } },
            },
            new() { Submit = new SubmitRequest { Call = RawConnection.Call(1, 1, 2).Call } },
            new() { Collect = new CollectRequest { CallId = 1 } },
            new() { Cancel = new CancelRequest { MessageId = 3 } },
            new()
            {
                Allocate = new AllocateRequest { Element = ScalarKind.Float64, Shape = { 10, 10 } },
            },
            new()
            {
                Write = new WriteRequest
                {
                    BufferId = 1,
                    Offset = 8,
                    Data = ByteString.CopyFrom(new byte[16]),
                },
            },
            new() { Seal = new SealRequest { BufferId = 1 } },
            new() { Download = new DownloadRequest { BufferId = 1 } },
            new() { OpenFile = new OpenFileRequest { Path = "../../etc/passwd" } },
            new()
            {
                Share = new ShareRequest { Function = "f", SharedName = "g" },
            },
            new() { ListFunctions = new ListFunctionsRequest() },
            new() { ListBuffers = new ListBuffersRequest() },
            new() { DescribeFunction = new DescribeFunctionRequest { Name = "f" } },
            new() { Unload = new UnloadRequest { Name = "f" } },
            new() { Release = new ReleaseRequest { BufferIds = { 1, 2, 3 } } },
            new() { CloseSession = new CloseSessionRequest() },
        ];
        ulong id = 2;
        var frames = new List<byte[]>();
        foreach (var message in messages)
        {
            message.Id = id++;
            frames.Add(RawConnection.Frame(message.ToByteArray()));
        }

        frames.Add(RawConnection.Frame(new byte[40], MessageFrame.Raw));
        frames.Add(RawConnection.Frame(new byte[5], MessageFrame.Raw));
        frames.Add(RawConnection.Frame([1, 2, 3], MessageFrame.Compressed));
        return frames;
    }

    /// <summary>What this process, the server's, holds once it is quiet.</summary>
    private static Task<long> MemoryAsync()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        return Task.FromResult(self.WorkingSet64);
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(30)));
            await Task.Yield();
        }
    }
}
