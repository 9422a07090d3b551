using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mlir.Remote.Server.Security;

/// <summary>Loads the server's certificate, and checks those of clients.</summary>
internal static class ServerCertificates
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The server's certificate with its private key.</summary>
    /// <exception cref="RemoteConfigurationException">It cannot be loaded.</exception>
    public static X509Certificate2 Load(TlsOptions options)
    {
        try
        {
            if (Path.GetExtension(options.CertificatePath) is ".pfx" or ".p12")
            {
                return X509CertificateLoader.LoadPkcs12FromFile(options.CertificatePath, options.Password);
            }

            return options.Password is null
                ? X509Certificate2.CreateFromPemFile(options.CertificatePath, options.KeyPath)
                : X509Certificate2.CreateFromEncryptedPemFile(
                    options.CertificatePath,
                    options.Password,
                    options.KeyPath
                );
        }
        catch (Exception error)
            when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RemoteConfigurationException(
                $"the certificate '{options.CertificatePath}' cannot be loaded: {error.Message}",
                error
            );
        }
    }

    /// <summary>The intermediate certificates that stand behind the server's own in its PEM file.</summary>
    public static X509Certificate2Collection LoadChain(TlsOptions options)
    {
        var chain = new X509Certificate2Collection();
        if (Path.GetExtension(options.CertificatePath) is not (".pfx" or ".p12"))
        {
            chain.ImportFromPemFile(options.CertificatePath);
        }

        return chain;
    }

    /// <summary>The authorities that sign client certificates; null if those are no credential.</summary>
    /// <exception cref="RemoteConfigurationException">They cannot be loaded.</exception>
    public static X509Certificate2Collection? LoadAuthorities(TlsOptions options)
    {
        if (options.ClientAuthorityPath is null)
        {
            return null;
        }

        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(options.ClientAuthorityPath);
            return authorities.Count > 0
                ? authorities
                : throw new RemoteConfigurationException($"'{options.ClientAuthorityPath}' holds no certificate");
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new RemoteConfigurationException(
                $"the client authority '{options.ClientAuthorityPath}' cannot be loaded: {error.Message}",
                error
            );
        }
    }

    /// <summary>Whether a client certificate is valid, meant for clients, and signed by one of the authorities and nobody else.</summary>
    public static bool IsTrusted(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(certificate);
    }
}
