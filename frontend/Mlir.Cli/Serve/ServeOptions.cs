using System.CommandLine;
using Mlir.Remote.Server;

namespace Mlir.Cli.Serve;

/// <summary>The options of <c>mlir serve</c>. What the command line says counts more than what the configuration file says.</summary>
internal sealed class ServeOptions
{
    private readonly Option<string?> _listen = new("--listen")
    {
        Description =
            $"Where to listen, separated by semicolons; default {RemoteServerOptions.DefaultAddress}. Other machines need https and a credential",
        HelpName = "http://127.0.0.1:50051|https://…|unix:/path",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A JSON file with the same settings, limits and tokens",
        HelpName = "serve.json",
    };

    private readonly Option<string[]> _data = new("--data")
    {
        Description = "A directory whose .npy files clients may open",
        HelpName = "directory",
    };

    private readonly Option<string?> _tokens = new("--token-file")
    {
        Description = "A file with the bearer tokens that are accepted, one 'name token' a line",
        HelpName = "file",
    };

    private readonly Option<string?> _certificate = new("--cert")
    {
        Description = "The certificate for https, PEM or PKCS #12",
        HelpName = "cert.pem",
    };

    private readonly Option<string?> _key = new("--key") { Description = "Its private key, PEM", HelpName = "key.pem" };

    private readonly Option<string?> _authority = new("--client-ca")
    {
        Description = "Accept client certificates that these authorities signed, PEM",
        HelpName = "ca.pem",
    };

    private readonly Option<int?> _workers = new("--workers")
    {
        Description = "Worker processes; default one for each processor",
        HelpName = "count",
    };

    private readonly Option<string?> _health = new("--health")
    {
        Description = "A loopback address where /healthz answers HTTP/1.1",
        HelpName = "http://127.0.0.1:8080",
    };

    private readonly Option<Uri?> _telemetry = new("--telemetry")
    {
        Description = "Send OpenTelemetry traces and metrics there (OTLP over gRPC)",
        HelpName = "http://127.0.0.1:4317",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (
            var option in (Option[])
                [_listen, _config, _data, _tokens, _certificate, _key, _authority, _workers, _health, _telemetry]
        )
        {
            command.Add(option);
        }
    }

    /// <summary>The configuration that a command line and its file describe.</summary>
    /// <exception cref="RemoteConfigurationException">A file cannot be read.</exception>
    public RemoteServerOptions Read(ParseResult parsed)
    {
        var options = parsed.GetValue(_config) is { } file ? ConfigurationFile.Load(file) : new RemoteServerOptions();
        var certificate = parsed.GetValue(_certificate) ?? options.Tls?.CertificatePath;
        return options with
        {
            Listen = parsed.GetValue(_listen) ?? options.Listen,
            DataDirectories = [.. options.DataDirectories, .. parsed.GetValue(_data) ?? []],
            Tokens = parsed.GetValue(_tokens) is { } tokens
                ? [.. options.Tokens, .. ReadTokens(tokens)]
                : options.Tokens,
            Workers = parsed.GetValue(_workers) ?? options.Workers,
            HealthListen = parsed.GetValue(_health) ?? options.HealthListen,
            Telemetry = parsed.GetValue(_telemetry) ?? options.Telemetry,
            Tls = certificate is null
                ? options.Tls
                : new TlsOptions
                {
                    CertificatePath = certificate,
                    KeyPath = parsed.GetValue(_key) ?? options.Tls?.KeyPath,
                    Password = options.Tls?.Password,
                    ClientAuthorityPath = parsed.GetValue(_authority) ?? options.Tls?.ClientAuthorityPath,
                },
        };
    }

    private static IEnumerable<BearerToken> ReadTokens(string path)
    {
        foreach (var (number, line) in File.ReadLines(path).Index())
        {
            var parts = line.Split(' ', '\t').Where(static p => p.Length > 0).ToArray();
            if (parts.Length == 0 || parts[0].StartsWith('#'))
            {
                continue;
            }

            yield return parts.Length == 2
                ? new BearerToken(parts[0], parts[1])
                : throw new RemoteConfigurationException($"{path}({number + 1}): a line is 'name token'");
        }
    }
}
