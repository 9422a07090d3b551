using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Transport;

/// <summary>Opens connections that carry frames over one duplex gRPC call, for proxies that pass HTTP/2 only.</summary>
internal static class GrpcConnector
{
    private const string Method = "/mlir.remote.v1.RemoteCompiler/Connect";
    private const string ErrorTrailer = "mlir-error-bin";

    /// <summary>Starts the call, sends the first frame and waits for the response to begin.</summary>
    public static async Task<TransportStreams> OpenAsync(
        RemoteAddress address,
        RemoteOptions options,
        ReadOnlyMemory<byte> firstFrame,
        CancellationToken cancellationToken
    )
    {
        var client = new HttpMessageInvoker(CreateHandler(address, options));
        var content = new DuplexContent();
        var authority = address.SocketPath is null ? address.ToString() : "http://localhost";
        using var request = new HttpRequestMessage(HttpMethod.Post, authority + Method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (options.Token is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        // Cancels the whole call when the connection is closed, not only its opening.
        var ended = new CancellationTokenSource();
        await using var opening = cancellationToken.Register(ended.Cancel).ConfigureAwait(false);
        try
        {
            var answer = client.SendAsync(request, ended.Token);
            await Task.WhenAny(content.Output, answer).ConfigureAwait(false);
            if (!content.Output.IsCompletedSuccessfully)
            {
                await answer.ConfigureAwait(false); // throws, or answers without having read
            }

            var output = await content.Output.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await output.WriteAsync(firstFrame, cancellationToken).ConfigureAwait(false);
                await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error)
                when (error is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // A server that refuses answers without reading, and stops the request: its answer says why.
            }

            var response = await answer.ConfigureAwait(false);
            if (FailureOf(response, response.Headers) is { } failure)
            {
                throw failure;
            }

            var input = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new Streams(client, content, ended, response, input, output);
        }
        catch
        {
            content.Complete();
            await ended.CancelAsync().ConfigureAwait(false);
            client.Dispose();
            ended.Dispose();
            throw;
        }
    }

    private static SocketsHttpHandler CreateHandler(RemoteAddress address, RemoteOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = address.SocketPath is null && !IsLoopback(address.Host),
            AllowAutoRedirect = false,
            InitialHttp2StreamWindowSize = 8 << 20,
            KeepAlivePingDelay = TimeSpan.FromSeconds(15),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
        };
        if (address.IsSecure)
        {
            handler.SslOptions = DirectConnector.SecurityOf(address, options);
        }

        if (address.SocketPath is not null)
        {
            handler.ConnectCallback = async (_, cancellationToken) =>
                new NetworkStream(
                    await DirectConnector.ConnectAsync(address, cancellationToken).ConfigureAwait(false),
                    ownsSocket: true
                );
        }

        return handler;
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));

    private static ProtocolException? FailureOf(HttpResponseMessage response, HttpResponseHeaders headers)
    {
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return new ProtocolException(
                ErrorCode.Unauthenticated,
                $"the server refuses the connection: HTTP {(int)response.StatusCode}"
            );
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return new ProtocolException(
                ErrorCode.Unavailable,
                $"the server answers HTTP {(int)response.StatusCode}: is it a remote executor?"
            );
        }

        if (headers.TryGetValues(ErrorTrailer, out var details))
        {
            var text = details.First();
            try
            {
                return new ProtocolException(
                    Error.Parser.ParseFrom(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')))
                );
            }
            catch (Exception error) when (error is FormatException or Google.Protobuf.InvalidProtocolBufferException)
            {
                return new ProtocolException(ErrorCode.Internal, "the server's error cannot be read");
            }
        }

        if (
            !headers.TryGetValues("grpc-status", out var statuses)
            || !int.TryParse(statuses.First(), CultureInfo.InvariantCulture, out var status)
            || status == 0
        )
        {
            return null;
        }

        var message = headers.TryGetValues("grpc-message", out var messages)
            ? Uri.UnescapeDataString(messages.First())
            : $"gRPC status {status}";
        return new ProtocolException(
            status switch
            {
                4 => ErrorCode.Timeout,
                7 => ErrorCode.PermissionDenied,
                8 => ErrorCode.LimitExceeded,
                14 => ErrorCode.Unavailable,
                16 => ErrorCode.Unauthenticated,
                _ => ErrorCode.Internal,
            },
            message
        );
    }

    /// <summary>A request body that stays open for the connection's life.</summary>
    private sealed class DuplexContent : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _output = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DuplexContent() => Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

        public Task<Stream> Output => _output.Task;

        public void Complete() => _completed.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            // Without this the request's headers may wait for its first bytes, and those for the response.
            await stream.FlushAsync().ConfigureAwait(false);
            _output.TrySetResult(stream);
            await _completed.Task.ConfigureAwait(false);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class Streams(
        HttpMessageInvoker client,
        DuplexContent content,
        CancellationTokenSource ended,
        HttpResponseMessage response,
        Stream input,
        Stream output
    ) : TransportStreams
    {
        public override Stream Input => input;

        public override Stream Output => output;

        public override bool HasBulkFrames => false;

        public override bool NeedsFlush => true;

        public override ProtocolException? FailureAtEnd() => FailureOf(response, response.TrailingHeaders);

        public override void Dispose()
        {
            content.Complete();
            ended.Cancel();
            response.Dispose();
            client.Dispose();
        }
    }
}
