namespace Mlir.Remote;

/// <summary>How requests travel to the server.</summary>
public enum RemoteTransport
{
    /// <summary><see cref="Direct"/>, and <see cref="Grpc"/> where something between client and server lets only HTTP/2 pass.</summary>
    Auto,

    /// <summary>Messages straight over TCP, TLS or a Unix socket: the fastest.</summary>
    Direct,

    /// <summary>The same messages over one gRPC call on HTTP/2: through proxies.</summary>
    Grpc,
}
