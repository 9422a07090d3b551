using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Server.Grpc;

/// <summary>
/// One call of gRPC on an HTTP/2 request: messages in and out, and the status in trailers. With <see cref="GrpcEndpoint"/> it is what a gRPC package
/// would replace.
/// </summary>
/// <param name="context">The request.</param>
/// <param name="maxMessageBytes">The most that a message may have.</param>
internal sealed class GrpcCall(HttpContext context, int maxMessageBytes)
{
    private const string BearerPrefix = "Bearer ";
    private bool _ended;

    /// <summary>The bearer token of the call's metadata; null for none.</summary>
    public string? BearerToken =>
        context.Request.Headers.Authorization.ToString() is var text
        && text.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
            ? text[BearerPrefix.Length..].Trim()
            : null;

    /// <summary>The client certificate that TLS has verified, or null.</summary>
    public X509Certificate2? ClientCertificate => context.Connection.ClientCertificate;

    /// <summary>Where messages come from.</summary>
    public PipeReader Input => context.Request.BodyReader;

    /// <summary>Where messages go.</summary>
    public PipeWriter Output => context.Response.BodyWriter;

    /// <summary>Cancelled when the client is gone.</summary>
    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>A value of the call's metadata; empty if it is not there.</summary>
    public string Metadata(string key) => context.Request.Headers[key].ToString();

    /// <summary>Sends the headers of an answer that has messages.</summary>
    public async ValueTask StartAsync()
    {
        Prepare();
        context.Response.DeclareTrailer(GrpcErrors.StatusTrailer);
        context.Response.DeclareTrailer(GrpcErrors.MessageTrailer);
        context.Response.DeclareTrailer(GrpcErrors.ErrorTrailer);
        await context.Response.StartAsync(Aborted).ConfigureAwait(false);
    }

    /// <summary>The next message.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="parser">Reads it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The message; null at the end.</returns>
    /// <exception cref="ProtocolException">What came is no message of this type, or is too large.</exception>
    public async ValueTask<T?> ReadAsync<T>(MessageParser<T> parser, CancellationToken cancel)
        where T : class, IMessage<T>
    {
        while (true)
        {
            var result = await Input.ReadAsync(cancel).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (MessageFrame.TryRead(ref buffer, maxMessageBytes, out var kind, out var payload))
            {
                try
                {
                    return kind == MessageFrame.Message
                        ? parser.ParseFrom(payload)
                        : throw new ProtocolException(
                            ErrorCode.InvalidRequest,
                            "compressed messages are not supported"
                        );
                }
                catch (InvalidProtocolBufferException error)
                {
                    throw new ProtocolException(
                        ErrorCode.InvalidRequest,
                        $"the message cannot be read: {error.Message}"
                    );
                }
                finally
                {
                    Input.AdvanceTo(buffer.Start);
                }
            }

            Input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return buffer.IsEmpty
                    ? null
                    : throw new ProtocolException(ErrorCode.InvalidRequest, "the stream ended inside a message");
            }
        }
    }

    /// <summary>Sends a message.</summary>
    public async ValueTask WriteAsync(IMessage message)
    {
        var size = message.CalculateSize();
        var span = Output.GetSpan(MessageFrame.HeaderBytes + size);
        MessageFrame.WriteHeader(span, MessageFrame.Message, size);
        message.WriteTo(span.Slice(MessageFrame.HeaderBytes, size));
        Output.Advance(MessageFrame.HeaderBytes + size);
        await Output.FlushAsync(Aborted).ConfigureAwait(false);
    }

    /// <summary>Ends the call with an error, or with none. The first end counts.</summary>
    public void End(Error? error) =>
        End(error is null ? GrpcStatus.Ok : GrpcErrors.StatusOf(error.Code), error?.Message, error);

    /// <summary>Ends the call with a status.</summary>
    public void End(GrpcStatus status, string? message, Error? error = null)
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        Action<string, string> put;
        if (context.Response.HasStarted)
        {
            put = (name, value) => context.Response.AppendTrailer(name, value);
        }
        else
        {
            Prepare(); // an error before any message: everything stands in the headers
            put = (name, value) => context.Response.Headers[name] = value;
        }

        put(GrpcErrors.StatusTrailer, ((int)status).ToString(CultureInfo.InvariantCulture));
        if (!string.IsNullOrEmpty(message))
        {
            put(GrpcErrors.MessageTrailer, GrpcErrors.EncodeMessage(message));
        }

        if (error is not null)
        {
            put(GrpcErrors.ErrorTrailer, Convert.ToBase64String(Short(error).ToByteArray()));
        }
    }

    /// <summary>The time that the client gives the call; null for no end.</summary>
    /// <exception cref="ProtocolException">The header cannot be read.</exception>
    public TimeSpan? Deadline()
    {
        var text = Metadata("grpc-timeout");
        if (text.Length == 0)
        {
            return null;
        }

        var unit = text[^1] switch
        {
            'H' => 3600.0,
            'M' => 60,
            'S' => 1,
            'm' => 1e-3,
            'u' => 1e-6,
            'n' => 1e-9,
            _ => 0,
        };
        return
            unit > 0
            && text.Length <= 9
            && uint.TryParse(
                text.AsSpan(0, text.Length - 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var number
            )
            ? TimeSpan.FromSeconds(Math.Min(number * unit, TimeSpan.FromDays(1).TotalSeconds))
            : throw new ProtocolException(ErrorCode.InvalidRequest, $"'{text}' is no value of grpc-timeout");
    }

    private void Prepare()
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "application/grpc";
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null; // every message has its own limit
        }
    }

    /// <summary>Trailers are headers, which have a limit: long lists are cut.</summary>
    private static Error Short(Error error)
    {
        const int Most = 2_000;
        if (error.CalculateSize() <= Most * 2)
        {
            return error;
        }

        var cut = error.Clone();
        cut.Message = cut.Message.Length > Most ? cut.Message[..Most] : cut.Message;
        while (cut.CalculateSize() > Most * 3 && cut.Diagnostics.Count + cut.Candidates.Count > 0)
        {
            var list = cut.Diagnostics.Count > cut.Candidates.Count ? cut.Diagnostics : cut.Candidates;
            list.RemoveAt(list.Count - 1);
        }

        return cut;
    }
}
