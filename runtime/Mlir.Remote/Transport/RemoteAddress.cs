namespace Mlir.Remote.Transport;

/// <summary>Where a server listens.</summary>
/// <param name="Host">The host's name or address; empty for a Unix socket.</param>
/// <param name="Port">The port; 0 for a Unix socket.</param>
/// <param name="IsSecure">Whether TLS is spoken.</param>
/// <param name="SocketPath">The Unix socket's path, or null.</param>
internal sealed record RemoteAddress(string Host, int Port, bool IsSecure, string? SocketPath)
{
    /// <summary>Reads <c>http://host:port</c>, <c>https://host:port</c> or <c>unix:/path</c>.</summary>
    /// <exception cref="ArgumentException">The address is none of these.</exception>
    public static RemoteAddress Parse(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        if (address.StartsWith("unix:", StringComparison.Ordinal))
        {
            var path = address["unix:".Length..];
            path = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
            return Path.IsPathRooted(path)
                ? new RemoteAddress("", 0, false, path)
                : throw new ArgumentException(
                    $"'{address}' names no absolute path: write unix:/path/to/socket",
                    nameof(address)
                );
        }

        return
            Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.PathAndQuery == "/"
            && uri.UserInfo.Length == 0
            ? new RemoteAddress(uri.IdnHost.Trim('[', ']'), uri.Port, uri.Scheme == "https", null)
            : throw new ArgumentException(
                $"'{address}' is no address of a server: write http://host:port, https://host:port or unix:/path",
                nameof(address)
            );
    }

    /// <summary>As it is given to <see cref="Parse"/>.</summary>
    public override string ToString() =>
        SocketPath is not null ? $"unix:{SocketPath}"
        : Host.Contains(':') ? $"{(IsSecure ? "https" : "http")}://[{Host}]:{Port}"
        : $"{(IsSecure ? "https" : "http")}://{Host}:{Port}";
}
