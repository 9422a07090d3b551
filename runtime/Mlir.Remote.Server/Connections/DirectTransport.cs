using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Security;

namespace Mlir.Remote.Server.Connections;

/// <summary>
/// Looks at the first bytes inside of an encrypted connection: the direct transport's preface is served here, everything else is HTTP. Connections
/// without TLS never come here: see <see cref="SniffingListener"/>.
/// </summary>
/// <param name="loop">Serves streams.</param>
/// <param name="authenticator">Tells who clients are.</param>
/// <param name="http">Serves HTTP.</param>
internal sealed class DirectTransport(MessageLoop loop, Authenticator authenticator, ConnectionDelegate http)
{
    private static readonly TimeSpan PrefaceTime = TimeSpan.FromSeconds(10);

    /// <summary>Serves a connection.</summary>
    public async Task OnConnectedAsync(ConnectionContext connection)
    {
        if (!await IsDirectAsync(connection).ConfigureAwait(false))
        {
            await http(connection).ConfigureAwait(false);
            return;
        }

        var certificate = connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        await loop.RunAsync(
                new StreamConnection(
                    connection.Transport.Input,
                    connection.Transport.Output,
                    Stream: null,
                    IsUnix: false
                ),
                raw: true,
                mayMap: false,
                open => authenticator.Authenticate(open.BearerToken, certificate),
                connection.ConnectionClosed
            )
            .ConfigureAwait(false);
        await connection.Transport.Output.CompleteAsync().ConfigureAwait(false);
        await connection.Transport.Input.CompleteAsync().ConfigureAwait(false);
    }

    private static async ValueTask<bool> IsDirectAsync(ConnectionContext connection)
    {
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        slow.CancelAfter(PrefaceTime);
        var input = connection.Transport.Input;
        while (true)
        {
            System.IO.Pipelines.ReadResult result;
            try
            {
                result = await input.ReadAsync(slow.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                connection.Abort(new ConnectionAbortedException("the client sent nothing"));
                return false;
            }

            var buffer = result.Buffer;
            var length = (int)Math.Min(buffer.Length, MessageFrame.Preface.Length);
            var start = buffer.Slice(0, length).ToArray();
            var matches = MessageFrame.Preface.StartsWith(start);
            if (matches && length == MessageFrame.Preface.Length)
            {
                input.AdvanceTo(buffer.GetPosition(length));
                return true;
            }

            // Not consumed: HTTP reads the same bytes.
            input.AdvanceTo(buffer.Start, matches && !result.IsCompleted ? buffer.End : buffer.Start);
            if (!matches || result.IsCompleted)
            {
                return false;
            }
        }
    }
}
