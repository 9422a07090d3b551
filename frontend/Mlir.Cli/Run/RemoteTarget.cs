using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mlir.Remote;

namespace Mlir.Cli.Run;

/// <summary>The options of <c>mlir run</c> that say how a server is reached.</summary>
internal sealed class RemoteTarget
{
    /// <summary>The environment's variable with the token, for those that do not want it in a file.</summary>
    public const string TokenVariable = "MLIR_TOKEN";

    private readonly Option<string?> _token = new("--token-file")
    {
        Description = $"A file with the server's token, alone or as 'name token'; default the variable {TokenVariable}",
        HelpName = "file",
    };

    private readonly Option<string?> _authority = new("--ca")
    {
        Description = "Trust servers whose certificate these authorities signed, PEM; default the system's",
        HelpName = "ca.pem",
    };

    private readonly Option<string?> _certificate = new("--cert")
    {
        Description = "The certificate that shows the server who calls, PEM",
        HelpName = "cert.pem",
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "Its private key, PEM; default in the same file",
        HelpName = "key.pem",
    };

    /// <summary>How addresses begin.</summary>
    public static IReadOnlyList<string> Schemes { get; } = ["http://", "https://", "unix:"];

    /// <summary>Whether <paramref name="target"/> names a server and no backend.</summary>
    public static bool IsAddress(string? target) =>
        target is not null
        && (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("unix:", StringComparison.Ordinal));

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_token, _authority, _certificate, _key])
        {
            command.Add(option);
        }
    }

    /// <summary>Refuses options for a server where there is none.</summary>
    /// <exception cref="UsageException">One was given.</exception>
    public void ExpectNone(ParseResult parsed)
    {
        foreach (var option in (Option<string?>[])[_token, _authority, _certificate, _key])
        {
            if (parsed.GetValue(option) is not null)
            {
                throw new UsageException($"{option.Name} is for a server: add --target https://host:port");
            }
        }
    }

    /// <summary>Connects to the server.</summary>
    /// <exception cref="UsageException">The address or a file is wrong, the server does not answer, or does not let us in.</exception>
    public async Task<RemoteJit> ConnectAsync(string address, ParseResult parsed, CancellationToken cancellation)
    {
        var options = Read(address, parsed);
        try
        {
            return await RemoteJit.ConnectAsync(address, options, cancellation);
        }
        catch (ArgumentException)
        {
            throw new UsageException(
                $"'{address}' is no address of a server: write http://host:port, https://host:port or unix:/path"
            );
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new UsageException(
                options.Token is null && options.ClientCertificate is null
                    ? $"{address} refuses: {refused.Message}; give --token-file (or set {TokenVariable}), or --cert and --key"
                    : $"{address} refuses: {refused.Message}"
            );
        }
        catch (RemoteException failure)
            when (failure.InnerException
                    is CryptographicException
                        or System.Security.Authentication.AuthenticationException
            )
        {
            throw new UsageException(
                $"no secure connection to {address}: {Innermost(failure)} Name the authority that signed the server's certificate with --ca."
            );
        }
        catch (TimeoutException failure)
        {
            throw new UsageException(failure.Message);
        }
    }

    private static string Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner)
        {
            failure = inner;
        }

        return failure.Message;
    }

    private RemoteOptions Read(string address, ParseResult parsed)
    {
        if (parsed.GetValue(_key) is not null && parsed.GetValue(_certificate) is null)
        {
            throw new UsageException("--key belongs to a certificate: add --cert");
        }

        var isSecure = address.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        foreach (var option in (Option<string?>[])[_authority, _certificate])
        {
            if (!isSecure && parsed.GetValue(option) is not null)
            {
                throw new UsageException($"{option.Name} is for https: '{address}' is not encrypted");
            }
        }

        var token = parsed.GetValue(_token) is { } file ? ReadToken(file) : FromEnvironment();
        if (
            token is not null
            && !isSecure
            && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Scheme == "http"
            && !uri.IsLoopback
        )
        {
            throw new UsageException(
                $"a token is not sent to another machine in the clear: use https://{uri.Authority}"
            );
        }

        return new RemoteOptions
        {
            Token = token,
            TrustedRoots = parsed.GetValue(_authority) is { } authority ? ReadRoots(authority) : null,
            ClientCertificate = parsed.GetValue(_certificate) is { } certificate
                ? ReadCertificate(certificate, parsed.GetValue(_key))
                : null,
            ClientName = "mlir run",
        };
    }

    private static string? FromEnvironment() =>
        Environment.GetEnvironmentVariable(TokenVariable)?.Trim() is { Length: > 0 } token ? token : null;

    /// <summary>The token of the first line that is not empty or a comment.</summary>
    private static string ReadToken(string path)
    {
        foreach (var line in File.ReadLines(Existing(path)))
        {
            var words = line.Split(' ', '\t').Where(static word => word.Length > 0).ToArray();
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                continue;
            }

            return words.Length <= 2
                ? words[^1]
                : throw new UsageException($"'{path}' must hold a token, alone in a line or as 'name token'");
        }

        throw new UsageException($"'{path}' holds no token");
    }

    private static X509Certificate2Collection ReadRoots(string path)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(Existing(path));
        }
        catch (CryptographicException damaged)
        {
            throw new UsageException($"'{path}' holds no certificate in PEM: {damaged.Message}");
        }

        return roots.Count > 0 ? roots : throw new UsageException($"'{path}' holds no certificate in PEM");
    }

    private static X509Certificate2 ReadCertificate(string path, string? key)
    {
        try
        {
            using var read = X509Certificate2.CreateFromPemFile(Existing(path), key is null ? null : Existing(key));

            // TLS wants a key that it can find again.
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception damaged) when (damaged is CryptographicException or ArgumentException)
        {
            throw new UsageException($"'{path}' and its key cannot be read as PEM: {damaged.Message}");
        }
    }

    private static string Existing(string path) =>
        File.Exists(path) ? path : throw new UsageException($"there is no file '{path}'");
}
