namespace Mlir.Remote.Server;

/// <summary>How a remote executor serves: where it listens, whom it admits, what it allows.</summary>
/// <remarks>The same names are the keys of the configuration file of <c>mlir serve</c>.</remarks>
public sealed record RemoteServerOptions
{
    /// <summary>The address that is served when none is given: loopback only.</summary>
    public const string DefaultAddress = "http://127.0.0.1:50051";

    /// <summary>
    /// Where to listen: <c>http://127.0.0.1:50051</c>, <c>https://0.0.0.0:50051</c> or <c>unix:/run/mlir.sock</c>; port 0 takes a free one. Several
    /// are separated by semicolons. Anything but loopback and Unix sockets needs https and a credential.
    /// </summary>
    public string Listen { get; init; } = DefaultAddress;

    /// <summary>An address of loopback where <c>/healthz</c> answers HTTP/1.1, for probes that know no HTTP/2; null for none.</summary>
    public string? HealthListen { get; init; }

    /// <summary>The certificate for https; needed there.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>The bearer tokens that are accepted. With at least one, every client needs one, or a client certificate.</summary>
    public IReadOnlyList<BearerToken> Tokens { get; init; } = [];

    /// <summary>The directories whose <c>.npy</c> files clients may open; none by default.</summary>
    public IReadOnlyList<string> DataDirectories { get; init; } = [];

    /// <summary>What clients may use.</summary>
    public RemoteLimits Limits { get; init; } = new();

    /// <summary>The worker processes; 0 for as many as there are processors.</summary>
    public int Workers { get; init; }

    /// <summary>How long a session without a connection is kept.</summary>
    public TimeSpan SessionIdleTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long calls that are running may take to end when the server stops.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where OpenTelemetry traces and metrics are sent (OTLP), for example <c>http://127.0.0.1:4317</c>; null for nowhere.</summary>
    public Uri? Telemetry { get; init; }
}
