using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Mlir.Remote.Server.Buffers;
using Mlir.Remote.Server.Connections;
using Mlir.Remote.Server.Grpc;
using Mlir.Remote.Server.Requests;
using Mlir.Remote.Server.Security;
using Mlir.Remote.Server.Sessions;
using Mlir.Remote.Server.Telemetry;
using Mlir.Remote.Server.Workers;

namespace Mlir.Remote.Server.Hosting;

/// <summary>Puts the parts of a server together: workers, sessions, Kestrel, telemetry.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private static readonly TimeSpan IdleCheckTime = TimeSpan.FromSeconds(15);

    private readonly RemoteServerOptions _options;
    private readonly ListenAddress[] _listen;
    private readonly ILogger _logger;
    private readonly WorkerPool _pool;
    private readonly SessionStore _sessions;
    private readonly ServerMetrics _metrics = new();
    private readonly RequestHandler _handler;
    private readonly Authenticator _authenticator;
    private readonly StandardServices _standard;
    private readonly IDisposable? _exporters;
    private readonly CancellationTokenSource _ended = new();
    private WebApplication? _web;
    private Task _idle = Task.CompletedTask;
    private int _stopped;

    private ServerHost(
        RemoteServerOptions options,
        ListenAddress[] listen,
        Authenticator authenticator,
        DataFiles files,
        WorkerPool pool,
        ILogger logger
    )
    {
        (_options, _listen, _authenticator, _pool, _logger) = (options, listen, authenticator, pool, logger);
        _sessions = new SessionStore(options);
        _handler = new RequestHandler(options, pool, _sessions, files, _metrics, logger);
        _standard = new StandardServices(options.Limits, authenticator, logger);
        _metrics.Observe(
            () => _sessions.Count,
            () => pool.Restarts,
            () => _sessions.All.Sum(static s => s.Buffers.Bytes)
        );
        _exporters = TelemetryExport.Start(options.Telemetry);
    }

    /// <summary>The addresses that clients connect to.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    /// <summary>The address of <c>/healthz</c> for HTTP/1.1, or null.</summary>
    public string? HealthAddress { get; private set; }

    /// <summary>Starts a server.</summary>
    /// <exception cref="RemoteConfigurationException">It cannot start as it is configured.</exception>
    public static async Task<ServerHost> StartAsync(
        RemoteServerOptions options,
        ILoggerFactory? logging,
        CancellationToken cancel
    )
    {
        // What is wrong with the configuration is said before any process starts.
        OptionChecks.Check(options);
        var listen = ListenAddress.ReadAll(options);
        var authenticator = new Authenticator(options);
        var files = new DataFiles(options);
        logging ??= NullLoggerFactory.Instance;
        var logger = logging.CreateLogger("Mlir.Remote.Server");
        var pool = await WorkerPool
            .StartAsync(
                new WorkerOptions
                {
                    Count = options.Workers > 0 ? options.Workers : Environment.ProcessorCount,
                    MaxProcessBytes = options.Limits.MaxWorkerBytes,
                },
                logger,
                cancel
            )
            .ConfigureAwait(false);
        var host = new ServerHost(options, listen, authenticator, files, pool, logger);
        try
        {
            await host.ListenAsync(logging, cancel).ConfigureAwait(false);
            return host;
        }
        catch (Exception error)
        {
            await host.DisposeAsync().ConfigureAwait(false);
            if (error is IOException or SocketException)
            {
                throw new RemoteConfigurationException(
                    $"cannot listen on {options.Listen}: {error.Message.TrimEnd('.')}. Is another server running there? A port is never shared",
                    error
                );
            }

            throw;
        }
    }

    /// <summary>Stops gracefully.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
        {
            _handler.Drain();
            _standard.Stop();
            Log.Draining(_logger, _sessions.All.Sum(static s => s.OpenCalls), _options.DrainTime);
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            late.CancelAfter(_options.DrainTime);
            await Task.WhenAll(_sessions.All.Select(s => s.WhenQuiet(late.Token))).ConfigureAwait(false);
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Stops at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ended.IsCancellationRequested)
        {
            return;
        }

        Interlocked.Exchange(ref _stopped, 1);
        await _ended.CancelAsync().ConfigureAwait(false);
        _standard.Stop();
        _sessions.Dispose();
        if (_web is not null)
        {
            using var now = new CancellationTokenSource();
            await now.CancelAsync().ConfigureAwait(false);
            await _web.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _web.DisposeAsync().ConfigureAwait(false);
        }

        await _idle.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _pool.DisposeAsync().ConfigureAwait(false);
        _exporters?.Dispose();
        _metrics.Dispose();
        foreach (var address in _listen)
        {
            if (address.SocketPath is { } path && File.Exists(path))
            {
                File.Delete(path);
            }
        }

        Log.Stopped(_logger);
    }

    private async Task ListenAsync(ILoggerFactory logging, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logging);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var loop = new MessageLoop(_handler, _options.Limits, _logger);

        // By reference: two addresses may both ask for any free port.
        var endpoints = new Dictionary<EndPoint, ListenAddress>(ReferenceEqualityComparer.Instance);
        foreach (var address in _listen)
        {
            endpoints.Add(
                address.SocketPath is { } path ? new UnixDomainSocketEndPoint(path) : address.Endpoint!,
                address
            );
        }

        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.UseSockets(static sockets =>
        {
            // What the server does for a message is short, or awaited: it needs no thread of its own on the way in and out.
            sockets.UnsafePreferInlineScheduling = true;
            sockets.CreateBoundListenSocket = ListenSockets.Bind;
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxConcurrentConnections = 10_000;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 << 10;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1_000;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 8 << 20;
            kestrel.Limits.Http2.InitialStreamWindowSize = 4 << 20;
            foreach (var (endpoint, address) in endpoints)
            {
                Listen(kestrel, endpoint, address, loop);
            }

            if (_options.HealthListen is { } health)
            {
                kestrel.Listen(HealthEndpoint(health), static listen => listen.Protocols = HttpProtocols.Http1);
            }
        });
        builder.Services.AddSingleton<IConnectionListenerFactory>(
            new ListenerFactory(endpoints, loop, _authenticator, logging.CreateLogger("Mlir.Remote.Server.Sockets"))
        );
        _web = builder.Build();
        var grpc = new GrpcEndpoint(_options, _handler, _sessions, _authenticator, loop, _logger);
        _web.Run(context => DispatchAsync(context, grpc));
        foreach (var address in _listen)
        {
            if (address.SocketPath is { } path)
            {
                ListenSockets.RemoveStale(path);
            }
        }

        await _web.StartAsync(cancel).ConfigureAwait(false);
        Addresses = [.. Bound().Take(_listen.Length)];
        HealthAddress = _options.HealthListen is null ? null : Bound().Last();
        foreach (var address in Addresses)
        {
            Log.Listening(_logger, address);
        }

        _idle = CloseIdleAsync();
    }

    private void Listen(KestrelServerOptions kestrel, EndPoint endpoint, ListenAddress address, MessageLoop loop)
    {
        void Configure(ListenOptions listen)
        {
            listen.Protocols = address.IsTls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http2;
            if (address.IsTls)
            {
                UseTls(listen, _options.Tls!);
                listen.Use(next => new DirectTransport(loop, _authenticator, next).OnConnectedAsync);
            }
        }

        kestrel.Listen(endpoint, Configure);
    }

    private static void UseTls(ListenOptions listen, TlsOptions tls)
    {
        var certificate = ServerCertificates.Load(tls);
        var authorities = ServerCertificates.LoadAuthorities(tls);
        listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ServerCertificateChain = ServerCertificates.LoadChain(tls);
            https.SslProtocols = SslProtocols.Tls13;
            if (authorities is not null)
            {
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = (client, _, _) => ServerCertificates.IsTrusted(client, authorities);
            }
        });
    }

    private async Task DispatchAsync(HttpContext context, GrpcEndpoint grpc)
    {
        var path = context.Request.Path.Value ?? "";
        if (path == "/healthz")
        {
            context.Response.StatusCode = _standard.IsServing
                ? StatusCodes.Status200OK
                : StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(_standard.IsServing ? "ok\n" : "stopping\n").ConfigureAwait(false);
            return;
        }

        var parts = path.Split('/');
        if (
            parts.Length != 3
            || context.Request.Method != HttpMethods.Post
            || context.Request.Protocol != HttpProtocol.Http2
            || !(context.Request.ContentType ?? "").StartsWith("application/grpc", StringComparison.Ordinal)
        )
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            context.Response.ContentType = "text/plain";
            await context
                .Response.WriteAsync("This is a gRPC service (mlir.remote.v1) over HTTP/2.\n")
                .ConfigureAwait(false);
            return;
        }

        var (service, method) = (parts[1], parts[2]);
        await (
            service == GrpcEndpoint.Service ? grpc.ServeAsync(context, method)
            : service == StandardServices.Health ? _standard.ServeHealthAsync(context, method)
            : StandardServices.Reflection.Contains(service) ? _standard.ServeReflectionAsync(context, method)
            : grpc.ServeAsync(context, "")
        ).ConfigureAwait(false);
    }

    private IEnumerable<string> Bound()
    {
        var feature = _web!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        var index = 0;
        foreach (var text in feature.Addresses)
        {
            var port = Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri.Port : 0;
            yield return index < _listen.Length ? _listen[index].ToString(port) : text;
            index++;
        }
    }

    private static IPEndPoint HealthEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme == "http"
        && IPAddress.TryParse(uri.Host == "localhost" ? "127.0.0.1" : uri.Host.Trim('[', ']'), out var address)
        && IPAddress.IsLoopback(address)
            ? new IPEndPoint(address, uri.Port)
            : throw new RemoteConfigurationException(
                $"'{text}': the health address is one of loopback, such as http://127.0.0.1:8080"
            );

    private async Task CloseIdleAsync()
    {
        using var timer = new PeriodicTimer(IdleCheckTime);
        while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false))
        {
            foreach (var session in _sessions.All.Where(s => s.IdleTime > _options.SessionIdleTime).ToArray())
            {
                _handler.Close(session);
            }
        }
    }
}
