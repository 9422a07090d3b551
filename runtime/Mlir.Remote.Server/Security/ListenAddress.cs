using System.Net;

namespace Mlir.Remote.Server.Security;

/// <summary>One address to listen on, checked against what is safe.</summary>
/// <param name="Host">The host as given; empty for a Unix socket.</param>
/// <param name="Endpoint">The IP address and port; null for a Unix socket.</param>
/// <param name="SocketPath">The Unix socket's path, or null.</param>
/// <param name="IsTls">Whether it speaks TLS.</param>
internal sealed record ListenAddress(string Host, IPEndPoint? Endpoint, string? SocketPath, bool IsTls)
{
    private const string UnixScheme = "unix:";

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLocal => Endpoint is null || IPAddress.IsLoopback(Endpoint.Address);

    /// <summary>The address as clients name it.</summary>
    /// <param name="port">The port that was taken.</param>
    public string ToString(int port) =>
        SocketPath is not null ? UnixScheme + SocketPath : $"{(IsTls ? "https" : "http")}://{Host}:{port}";

    /// <summary>Reads the addresses of a configuration and refuses those that would let strangers in.</summary>
    /// <param name="options">The configuration.</param>
    /// <exception cref="RemoteConfigurationException">An address cannot be read, or is open to others without TLS or without a credential.</exception>
    public static ListenAddress[] ReadAll(RemoteServerOptions options)
    {
        var addresses = options
            .Listen.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Parse)
            .ToArray();
        if (addresses.Length == 0)
        {
            throw new RemoteConfigurationException(
                $"there is no address to listen on; the usual one is {RemoteServerOptions.DefaultAddress}"
            );
        }

        foreach (var address in addresses)
        {
            var text = address.ToString(address.Endpoint?.Port ?? 0);
            if (address.IsTls && options.Tls is null)
            {
                throw new RemoteConfigurationException(
                    $"{text} needs a certificate: set Tls.CertificatePath, or --cert"
                );
            }

            if (address.IsLocal)
            {
                continue;
            }

            if (!address.IsTls)
            {
                throw new RemoteConfigurationException(
                    $"{text} can be reached from other machines and is not encrypted: use https and a certificate, or listen on 127.0.0.1"
                );
            }

            if (options.Tokens.Count == 0 && options.Tls!.ClientAuthorityPath is null)
            {
                throw new RemoteConfigurationException(
                    $"{text} can be reached from other machines by anybody: set a token (Tokens) or an authority of client certificates (Tls.ClientAuthorityPath)"
                );
            }
        }

        return addresses;
    }

    private static ListenAddress Parse(string text)
    {
        if (text.StartsWith(UnixScheme, StringComparison.Ordinal))
        {
            var path = text[UnixScheme.Length..];
            path = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
            return Path.IsPathFullyQualified(path)
                ? new ListenAddress("", null, path, IsTls: false)
                : throw new RemoteConfigurationException($"'{text}': a Unix socket needs an absolute path");
        }

        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.PathAndQuery is not ("/" or "")
        )
        {
            throw new RemoteConfigurationException(
                $"'{text}' is no address: write http://127.0.0.1:50051, https://0.0.0.0:50051 or unix:/run/mlir.sock"
            );
        }

        var address =
            uri.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) ? ip
            : throw new RemoteConfigurationException(
                $"'{text}': name the network interface by its IP address, or localhost"
            );
        return new ListenAddress(uri.Host, new IPEndPoint(address, uri.Port), null, uri.Scheme == "https");
    }
}
