using Mlir.Remote.Server.Hosting;

namespace Mlir.Remote.Server;

/// <summary>A remote executor: compiles what clients send and runs it in worker processes, next to the data.</summary>
/// <example><code>
/// await using var server = await RemoteServer.StartAsync(new() { Listen = "http://127.0.0.1:50051" });
/// </code></example>
public sealed class RemoteServer : IAsyncDisposable
{
    /// <summary>
    /// The environment variable of .NET that makes sockets continue on the thread that waits for them. Set to 1 before the process uses its first socket,
    /// it saves each call a switch between threads; it holds for all sockets of the process, which is why a server inside of another program leaves it
    /// to that program.
    /// </summary>
    public const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private readonly ServerHost _host;

    private RemoteServer(ServerHost host) => _host = host;

    /// <summary>The addresses that clients connect to, with the ports that were taken.</summary>
    public IReadOnlyList<string> Addresses => _host.Addresses;

    /// <summary>The address of <c>/healthz</c> for HTTP/1.1, or null.</summary>
    public string? HealthAddress => _host.HealthAddress;

    /// <summary>Starts a server. It serves when the task ends.</summary>
    /// <param name="options">How; null for loopback and the usual limits.</param>
    /// <param name="cancel">Gives the start up.</param>
    /// <exception cref="RemoteConfigurationException">An address is taken or not safe, or something that the options name is not there.</exception>
    public static async Task<RemoteServer> StartAsync(
        RemoteServerOptions? options = null,
        CancellationToken cancel = default
    ) => new(await ServerHost.StartAsync(options ?? new RemoteServerOptions(), null, cancel).ConfigureAwait(false));

    /// <summary>Starts a server that writes to the caller's log.</summary>
    /// <param name="options">How.</param>
    /// <param name="logging">Where its log goes.</param>
    /// <param name="cancel">Gives the start up.</param>
    /// <exception cref="RemoteConfigurationException">An address is taken or not safe, or something that the options name is not there.</exception>
    public static async Task<RemoteServer> StartAsync(
        RemoteServerOptions options,
        Microsoft.Extensions.Logging.ILoggerFactory logging,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logging);
        return new(await ServerHost.StartAsync(options, logging, cancel).ConfigureAwait(false));
    }

    /// <summary>Stops gracefully: refuses new work, lets running calls end for as long as the options say, then ends everything.</summary>
    /// <param name="cancel">Ends the wait for running calls.</param>
    public Task StopAsync(CancellationToken cancel = default) => _host.StopAsync(cancel);

    /// <summary>Stops at once, without waiting for calls.</summary>
    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
