using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Mlir.Remote;

/// <summary>How a client connects and calls.</summary>
public sealed record RemoteOptions
{
    /// <summary>No credential, no timeout, calls repeated when a connection is lost.</summary>
    public static RemoteOptions Default { get; } = new();

    /// <summary>The bearer token that the server's operator gave out.</summary>
    public string? Token { get; init; }

    /// <summary>The certificate, with its private key, by which the client shows who it is.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>The roots that the server's certificate may come from, instead of the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>Decides whether a server's certificate is accepted, instead of the usual checks.</summary>
    public Func<X509Certificate2, X509Chain?, SslPolicyErrors, bool>? ServerCertificateValidation { get; init; }

    /// <summary>How requests travel.</summary>
    public RemoteTransport Transport { get; init; }

    /// <summary>How long a call may take, reconnecting included; null for as long as the server allows.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long to wait for a connection when the client is made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to try again when a connection was lost, unless a call's own timeout ends earlier.</summary>
    public TimeSpan ReconnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether calls that were running when the connection was lost are made again. Compiled functions have no side effects, so that nothing but time
    /// is lost by it.
    /// </summary>
    public bool RerunLostCalls { get; init; } = true;

    /// <summary>What the server's logs call the client; null for the process's name.</summary>
    public string? ClientName { get; init; }

    /// <summary>One of <see cref="RemoteServerInfo.Targets"/>; null for the server's first.</summary>
    public string? Target { get; init; }
}
