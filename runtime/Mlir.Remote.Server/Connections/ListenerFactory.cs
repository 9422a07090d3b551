using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Mlir.Remote.Server.Hosting;
using Mlir.Remote.Server.Security;

namespace Mlir.Remote.Server.Connections;

/// <summary>Listens where connections may be of the direct transport and are not encrypted; leaves the other addresses to Kestrel.</summary>
/// <param name="endpoints">The endpoints of the addresses.</param>
/// <param name="loop">Serves streams.</param>
/// <param name="authenticator">Tells who clients are.</param>
/// <param name="logger">Kestrel's log.</param>
internal sealed class ListenerFactory(
    IReadOnlyDictionary<EndPoint, ListenAddress> endpoints,
    MessageLoop loop,
    Authenticator authenticator,
    ILogger logger
) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private const int Backlog = 512;

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoints.TryGetValue(endpoint, out var address) && !address.IsTls;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        Socket socket;
        try
        {
            socket = ListenSockets.Bind(endpoint);
            socket.Listen(Backlog);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(error.Message, error);
        }

        var kestrel = new SocketConnectionContextFactory(
            new SocketConnectionFactoryOptions { UnsafePreferInlineScheduling = true },
            logger
        );
        return ValueTask.FromResult<IConnectionListener>(new SniffingListener(socket, kestrel, ServeAsync));
    }

    private Task ServeAsync(StreamConnection connection, CancellationToken aborted) =>
        loop.RunAsync(
            connection,
            raw: true,
            connection.IsUnix,
            open => authenticator.Authenticate(open.BearerToken, certificate: null),
            aborted
        );
}
