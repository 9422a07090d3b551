using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Transport;

/// <summary>Opens connections that carry frames straight over TCP, TLS or a Unix socket.</summary>
internal static class DirectConnector
{
    /// <summary>Connects and sends the preface and the first frame.</summary>
    public static async Task<TransportStreams> OpenAsync(
        RemoteAddress address,
        RemoteOptions options,
        ReadOnlyMemory<byte> firstFrame,
        CancellationToken cancellationToken
    )
    {
        var socket = await ConnectAsync(address, cancellationToken).ConfigureAwait(false);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (address.IsSecure)
            {
                var secure = new SslStream(stream);
                stream = secure;
                await secure
                    .AuthenticateAsClientAsync(SecurityOf(address, options), cancellationToken)
                    .ConfigureAwait(false);
            }

            await stream
                .WriteAsync((byte[])[.. MessageFrame.Preface, .. firstFrame.Span], cancellationToken)
                .ConfigureAwait(false);
            return new Streams(socket, stream);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Connects a socket.</summary>
    public static async ValueTask<Socket> ConnectAsync(RemoteAddress address, CancellationToken cancellationToken)
    {
        if (address.SocketPath is { } path)
        {
            var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await local.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
                return local;
            }
            catch
            {
                local.Dispose();
                throw;
            }
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // A server that vanishes without a word is noticed while a call waits for its answer.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>How TLS is spoken with a server.</summary>
    public static SslClientAuthenticationOptions SecurityOf(RemoteAddress address, RemoteOptions options)
    {
        var security = new SslClientAuthenticationOptions
        {
            TargetHost = address.Host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        if (options.ClientCertificate is { } certificate)
        {
            security.ClientCertificates = [certificate];
        }

        if (options.ServerCertificateValidation is { } validate)
        {
            security.RemoteCertificateValidationCallback = (_, presented, chain, errors) =>
                presented is X509Certificate2 server && validate(server, chain, errors);
        }
        else if (options.TrustedRoots is { } roots)
        {
            security.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            security.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        return security;
    }

    private sealed class Streams(Socket socket, Stream stream) : TransportStreams
    {
        public override Stream Input => stream;

        public override Stream Output => stream;

        public override bool HasBulkFrames => true;

        public override bool NeedsFlush => false;

        public override bool IsClosedByServer()
        {
            try
            {
                return socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return true;
            }
        }

        public override void Dispose() => stream.Dispose();
    }
}
