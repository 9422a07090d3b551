using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Mlir.Remote.Protocol;

namespace Mlir.Tests.Remote.Server.Support;

/// <summary>A connection of the direct transport that sends whatever it is told to, right or wrong.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Stream _stream;
    private ulong _lastId;

    /// <summary>Talks over a stream; nothing is sent yet.</summary>
    public RawConnection(Stream stream) => _stream = stream;

    /// <summary>Connects to an address of a server; nothing is sent yet.</summary>
    public static async Task<RawConnection> ConnectAsync(string address) => new(await OpenStreamAsync(address));

    /// <summary>Connects, and opens a session.</summary>
    /// <param name="address">The server's address.</param>
    /// <param name="resume">The token of an earlier session.</param>
    /// <param name="token">A bearer token.</param>
    public static async Task<RawConnection> OpenAsync(string address, ByteString? resume = null, string token = "")
    {
        var connection = await ConnectAsync(address);
        await connection.GreetAsync(resume, token);
        return connection;
    }

    /// <summary>The session's token, once it is open.</summary>
    public ByteString Token { get; private set; } = ByteString.Empty;

    /// <summary>Whether the session was there before.</summary>
    public bool Resumed { get; private set; }

    /// <summary>A socket to a server.</summary>
    public static async Task<NetworkStream> OpenStreamAsync(string address)
    {
        var unix = address.StartsWith("unix:", StringComparison.Ordinal);
        var socket = unix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var uri = unix ? null : new Uri(address);
        await socket.ConnectAsync(
            uri is null
                ? new UnixDomainSocketEndPoint(address["unix:".Length..])
                : new IPEndPoint(IPAddress.Loopback, uri.Port)
        );
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Sends the preface and opens a session.</summary>
    public async Task GreetAsync(ByteString? resume = null, string token = "")
    {
        await SendAsync(MessageFrame.Preface.ToArray());
        var answer = await RequestAsync(
            new ClientMessage
            {
                OpenSession = new OpenSessionRequest
                {
                    ClientName = "raw",
                    ResumeToken = resume ?? ByteString.Empty,
                    BearerToken = token,
                },
            }
        );
        (Token, Resumed) = (answer.OpenSession.SessionToken, answer.OpenSession.Resumed);
    }

    /// <summary>Sends bytes.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var late = new CancellationTokenSource(Patience);
        await _stream.WriteAsync(bytes, late.Token);
    }

    /// <summary>Sends a message, under its own id or a new one.</summary>
    /// <returns>The id.</returns>
    public async Task<ulong> SendAsync(ClientMessage message)
    {
        message.Id = message.Id == 0 ? ++_lastId : message.Id;
        await SendAsync(Frame(message.ToByteArray()));
        return message.Id;
    }

    /// <summary>Sends a message and waits for its answer; there must be no other answer in between.</summary>
    /// <exception cref="ProtocolException">The answer is an error.</exception>
    public async Task<ServerMessage> RequestAsync(ClientMessage message)
    {
        var id = await SendAsync(message);
        var answer = await ReceiveAsync() ?? throw new EndOfStreamException("the server ended the connection");
        if (answer.Error is not null)
        {
            throw new ProtocolException(answer.Error);
        }

        Assert.That(answer.Id, Is.EqualTo(id));
        return answer;
    }

    /// <summary>The error that a request ends with.</summary>
    public async Task<Error> FailAsync(ClientMessage message)
    {
        await SendAsync(message);
        var answer = await ReceiveAsync() ?? throw new EndOfStreamException("the server ended the connection");
        return answer.Error ?? throw new AssertionException($"there is no error: {answer}");
    }

    /// <summary>The next message; null once the server has ended the connection.</summary>
    public async Task<ServerMessage?> ReceiveAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        var header = new byte[MessageFrame.HeaderBytes];
        try
        {
            var read = await _stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, late.Token);
            if (read < header.Length)
            {
                return null;
            }

            var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1))];
            await _stream.ReadExactlyAsync(payload, late.Token);
            Assert.That(header[0], Is.EqualTo(MessageFrame.Message));
            return ServerMessage.Parser.ParseFrom(payload);
        }
        catch (IOException)
        {
            return null; // reset
        }
    }

    /// <summary>Reads raw frames until an array is complete.</summary>
    public async Task<byte[]> ReceiveRawAsync(int count)
    {
        using var late = new CancellationTokenSource(Patience);
        var array = new byte[count];
        var head = new byte[MessageFrame.HeaderBytes + MessageFrame.RawHeaderBytes];
        for (var at = 0; at < count; )
        {
            await _stream.ReadExactlyAsync(head, late.Token);
            Assert.That(head[0], Is.EqualTo(MessageFrame.Raw));
            var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - MessageFrame.RawHeaderBytes;
            Assert.That(BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(21)), Is.EqualTo((ulong)at));
            await _stream.ReadExactlyAsync(array.AsMemory(at, length), late.Token);
            at += length;
            Assert.That(BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(13)), Is.EqualTo(at == count ? 1UL : 0UL));
        }

        return array;
    }

    /// <summary>Reads until the server ends the connection.</summary>
    /// <returns>The messages that came.</returns>
    public async Task<List<ServerMessage>> ReceiveAllAsync()
    {
        var messages = new List<ServerMessage>();
        while (await ReceiveAsync() is { } message)
        {
            messages.Add(message);
        }

        return messages;
    }

    /// <summary>Defines functions under a name.</summary>
    /// <returns>Their ids.</returns>
    public async Task<ulong[]> DefineAsync(string name, params Overload[] overloads) =>
        [
            .. (
                await RequestAsync(
                    new ClientMessage
                    {
                        Define = new DefineRequest { Name = name, Overloads = { overloads } },
                    }
                )
            ).Define.Functions.Select(f => f.FunctionId),
        ];

    /// <summary>Calls a function of doubles by its id.</summary>
    public async Task<double> CallAsync(ulong function, params double[] arguments) =>
        (await RequestAsync(Call(function, arguments))).Call.Result.Float64;

    /// <summary>The request that calls a function of doubles.</summary>
    public static ClientMessage Call(ulong function, params double[] arguments) =>
        new()
        {
            Call = new CallRequest
            {
                FunctionId = function,
                Arguments = new Arguments { Positional = { arguments.Select(a => new Value { Float64 = a }) } },
            },
        };

    /// <summary>A frame around a payload.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> payload, byte kind = MessageFrame.Message)
    {
        var frame = new byte[MessageFrame.HeaderBytes + payload.Length];
        MessageFrame.WriteHeader(frame, kind, payload.Length);
        payload.CopyTo(frame.AsSpan(MessageFrame.HeaderBytes));
        return frame;
    }

    /// <summary>Ends the connection.</summary>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
