using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Connections;
using Mlir.Remote.Server.Requests;
using Mlir.Remote.Server.Security;
using Mlir.Remote.Server.Sessions;

namespace Mlir.Remote.Server.Grpc;

/// <summary>Serves <c>mlir.remote.v1.RemoteCompiler</c> over HTTP/2.</summary>
/// <param name="options">The server's configuration.</param>
/// <param name="handler">Answers requests.</param>
/// <param name="sessions">Finds sessions by the tokens in metadata.</param>
/// <param name="authenticator">Tells who clients are.</param>
/// <param name="loop">Serves streams.</param>
/// <param name="logger">Notes what went wrong.</param>
internal sealed class GrpcEndpoint(
    RemoteServerOptions options,
    RequestHandler handler,
    SessionStore sessions,
    Authenticator authenticator,
    MessageLoop loop,
    ILogger logger
)
{
    /// <summary>The service.</summary>
    public const string Service = "mlir.remote.v1.RemoteCompiler";

    private const string SessionKey = "mlir-session";

    /// <summary>Serves one call.</summary>
    /// <param name="context">The request.</param>
    /// <param name="method">The method's name.</param>
    public async Task ServeAsync(HttpContext context, string method)
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null; // streams may rest; MessageLoop has its own rule for half messages
        }

        var call = new GrpcCall(context, options.Limits.MaxMessageBytes);
        try
        {
            var identity = authenticator.Authenticate(call.BearerToken, call.ClientCertificate);
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted);
            var deadline = call.Deadline();
            if (deadline is { } time)
            {
                cancel.CancelAfter(time);
            }

            try
            {
                await ServeAsync(call, context, identity, method, cancel.Token).ConfigureAwait(false);
                call.End(error: null);
            }
            catch (OperationCanceledException)
                when (deadline is not null && cancel.IsCancellationRequested && !call.Aborted.IsCancellationRequested)
            {
                call.End(new Error { Code = ErrorCode.Timeout, Message = "the client's deadline has passed" });
            }
        }
        catch (Exception error)
        {
            if (error is ProtocolException { Error.Code: ErrorCode.Unauthenticated })
            {
                Log.Refused(logger, error.Message);
            }

            if (!call.Aborted.IsCancellationRequested)
            {
                call.End(Errors.Of(error, logger));
            }
        }
    }

    private async Task ServeAsync(
        GrpcCall call,
        HttpContext context,
        string identity,
        string method,
        CancellationToken cancel
    )
    {
        switch (method)
        {
            case "Connect":
                await call.StartAsync().ConfigureAwait(false);
                await loop.RunAsync(
                        new StreamConnection(call.Input, call.Output, Stream: null, IsUnix: false),
                        raw: false,
                        MayMap(context),
                        open => Identify(open, identity, call.ClientCertificate),
                        call.Aborted
                    )
                    .ConfigureAwait(false);
                return;
            case "OpenSession":
                var open =
                    await call.ReadAsync(OpenSessionRequest.Parser, cancel).ConfigureAwait(false) ?? throw Missing();
                await AnswerAsync(call, handler.Open(identity, open).Response).ConfigureAwait(false);
                return;
            case "GetServerInfo":
                await AnswerAsync(call, handler.Describe()).ConfigureAwait(false);
                return;
            case "Upload":
                await UploadAsync(call, Context(context, identity, call, call), cancel).ConfigureAwait(false);
                return;
            case "Download":
                await DownloadAsync(call, Context(context, identity, call, null), cancel).ConfigureAwait(false);
                return;
            default:
                if (!UnaryMethod.All.TryGetValue(method, out var unary))
                {
                    call.End(GrpcStatus.Unimplemented, $"{Service} has no method '{method}'");
                    return;
                }

                var request = await unary.ReadAsync(call, cancel).ConfigureAwait(false) ?? throw Missing();
                var answer = await handler
                    .HandleAsync(Context(context, identity, call, null), request, cancel)
                    .ConfigureAwait(false);
                await AnswerAsync(call, unary.Answer(answer)).ConfigureAwait(false);
                return;
        }
    }

    /// <summary>A stream may bring its token in the first message too; metadata counts where it has one.</summary>
    private string Identify(OpenSessionRequest open, string identity, X509Certificate2? certificate) =>
        open.BearerToken.Length > 0 ? authenticator.Authenticate(open.BearerToken, certificate) : identity;

    private RequestContext Context(HttpContext context, string identity, GrpcCall call, object? connection)
    {
        var text = call.Metadata(SessionKey);
        if (text.Length == 0)
        {
            throw new ProtocolException(
                ErrorCode.InvalidRequest,
                $"the metadata key '{SessionKey}' is missing: open a session and send its token in hexadecimal"
            );
        }

        byte[] token;
        try
        {
            token = Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            throw new ProtocolException(ErrorCode.InvalidRequest, $"'{SessionKey}' is not hexadecimal");
        }

        var session = sessions.Find(identity, token);
        session.Touch();
        return new RequestContext(session, connection, MayMap(context));
    }

    private async Task UploadAsync(GrpcCall call, RequestContext context, CancellationToken cancel)
    {
        var first = await call.ReadAsync(UploadRequest.Parser, cancel).ConfigureAwait(false) ?? throw Missing();
        if (first.PartCase != UploadRequest.PartOneofCase.Header)
        {
            throw new ProtocolException(ErrorCode.InvalidRequest, "an upload starts with its header");
        }

        var buffer = RequestHandler.Allocate(context, first.Header);
        try
        {
            ulong at = 0;
            while (await call.ReadAsync(UploadRequest.Parser, cancel).ConfigureAwait(false) is { } part)
            {
                if (part.PartCase != UploadRequest.PartOneofCase.Data)
                {
                    throw new ProtocolException(ErrorCode.InvalidRequest, "an upload has one header");
                }

                handler.Write(context.Session, buffer.Id, at, new(part.Data.Memory));
                at += (ulong)part.Data.Length;
            }

            if (at != (ulong)buffer.Bytes)
            {
                throw new ProtocolException(
                    ErrorCode.InvalidRequest,
                    $"the upload ended after {at} of {buffer.Bytes} bytes"
                );
            }

            RequestHandler.Seal(context.Session, buffer.Id);
        }
        catch
        {
            context.Session.Buffers.Release(buffer.Id);
            throw;
        }

        await AnswerAsync(call, buffer.ToInfo(context.MayMap)).ConfigureAwait(false);
    }

    private async Task DownloadAsync(GrpcCall call, RequestContext context, CancellationToken cancel)
    {
        var request = await call.ReadAsync(DownloadRequest.Parser, cancel).ConfigureAwait(false) ?? throw Missing();
        var started = false;
        await handler
            .DownloadAsync(
                context.Session,
                request,
                async (data, offset, last) =>
                {
                    if (!started)
                    {
                        started = true;
                        await call.StartAsync().ConfigureAwait(false);
                    }

                    await call.WriteAsync(
                            new DataChunk
                            {
                                Offset = (ulong)offset,
                                Data = UnsafeByteOperations.UnsafeWrap(data),
                                Last = last,
                            }
                        )
                        .ConfigureAwait(false);
                },
                cancel
            )
            .ConfigureAwait(false);
    }

    private static async ValueTask AnswerAsync(GrpcCall call, IMessage answer)
    {
        await call.StartAsync().ConfigureAwait(false);
        await call.WriteAsync(answer).ConfigureAwait(false);
    }

    private static bool MayMap(HttpContext context) =>
        context.Features.Get<Microsoft.AspNetCore.Connections.Features.IConnectionSocketFeature>()?.Socket.LocalEndPoint
        is System.Net.Sockets.UnixDomainSocketEndPoint;

    private static ProtocolException Missing() => new(ErrorCode.InvalidRequest, "the request's message is missing");
}
