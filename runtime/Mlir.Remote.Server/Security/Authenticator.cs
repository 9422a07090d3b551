using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Server.Security;

/// <summary>Tells who a client is from its bearer token or its certificate.</summary>
internal sealed class Authenticator
{
    private const int ShortestToken = 16;
    private const string Anonymous = "local";

    private readonly (string Name, byte[] Digest)[] _tokens;
    private readonly bool _required;

    /// <summary>Reads the credentials of a configuration.</summary>
    /// <exception cref="RemoteConfigurationException">A token is too short to be a secret.</exception>
    public Authenticator(RemoteServerOptions options)
    {
        foreach (var token in options.Tokens)
        {
            if (token.Token.Length < ShortestToken)
            {
                throw new RemoteConfigurationException(
                    $"the token of '{token.Name}' has {token.Token.Length} characters; a secret has at least {ShortestToken}"
                );
            }
        }

        _tokens = [.. options.Tokens.Select(t => (t.Name, Digest(t.Token)))];
        _required = _tokens.Length > 0 || options.Tls?.ClientAuthorityPath is not null;
    }

    /// <summary>The name of the client that holds this credential.</summary>
    /// <param name="token">The bearer token; empty or null for none.</param>
    /// <param name="certificate">The client certificate that TLS has verified, or null.</param>
    /// <exception cref="ProtocolException">A credential is needed, and there is none or a wrong one.</exception>
    public string Authenticate(string? token, X509Certificate2? certificate)
    {
        if (certificate is not null)
        {
            return certificate.Subject;
        }

        if (!_required)
        {
            return Anonymous;
        }

        if (string.IsNullOrEmpty(token))
        {
            throw new ProtocolException(
                ErrorCode.Unauthenticated,
                "this server needs a credential: send a bearer token or a client certificate"
            );
        }

        // All are compared, each in constant time: the time tells neither how much of a token was right nor whose it is.
        var digest = Digest(token);
        string? found = null;
        foreach (var (name, expected) in _tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(digest, expected))
            {
                found = name;
            }
        }

        return found ?? throw new ProtocolException(ErrorCode.Unauthenticated, "the server does not know this token");
    }

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
