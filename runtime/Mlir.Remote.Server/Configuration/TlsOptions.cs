namespace Mlir.Remote.Server;

/// <summary>The server's certificate, and the authority whose client certificates are accepted.</summary>
public sealed record TlsOptions
{
    /// <summary>The certificate chain in PEM, or a PKCS #12 file.</summary>
    public required string CertificatePath { get; init; }

    /// <summary>The private key in PEM; null where the certificate file holds it.</summary>
    public string? KeyPath { get; init; }

    /// <summary>The password of the key or of the PKCS #12 file; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>Certificates in PEM of the authorities that sign client certificates; null if client certificates are no credential.</summary>
    public string? ClientAuthorityPath { get; init; }
}
