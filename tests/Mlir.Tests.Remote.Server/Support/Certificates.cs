using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mlir.Tests.Remote.Server.Support;

/// <summary>An authority, and the certificates that it signs, in a folder of their own.</summary>
internal sealed class Certificates : IDisposable
{
    private const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    private const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    private readonly string _folder = Directory.CreateTempSubdirectory("mlir-certificates").FullName;
    private int _count;

    /// <summary>Makes an authority.</summary>
    public Certificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        AuthorityPath = Write("authority", Authority.ExportCertificatePem());
        (ServerPath, ServerKeyPath) = Save(Sign("CN=localhost", ServerPurpose));
    }

    /// <summary>The authority.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>The authority's certificate in PEM.</summary>
    public string AuthorityPath { get; }

    /// <summary>A server's certificate for loopback, in PEM.</summary>
    public string ServerPath { get; }

    /// <summary>Its key, in PEM.</summary>
    public string ServerKeyPath { get; }

    /// <summary>A client's certificate that the authority signed.</summary>
    public X509Certificate2 Client() => Usable(Sign("CN=client", ClientPurpose));

    /// <summary>A certificate that the authority signed for a server: no credential of a client.</summary>
    public X509Certificate2 NotForClients() => Usable(Sign("CN=client", ServerPurpose));

    /// <summary>Removes the files.</summary>
    public void Dispose()
    {
        Authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private X509Certificate2 Sign(string subject, string purpose)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension(new OidCollection { new Oid(purpose) }, critical: true)
        );
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(
            Authority,
            DateTimeOffset.UtcNow.AddHours(-1),
            DateTimeOffset.UtcNow.AddDays(1),
            RandomNumberGenerator.GetBytes(8)
        );
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>TLS wants a key that it can find again.</summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);

    private (string Certificate, string Key) Save(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return (Write("certificate", certificate.ExportCertificatePem()), Write("key", key.ExportPkcs8PrivateKeyPem()));
    }

    private string Write(string name, string pem)
    {
        var path = Path.Combine(_folder, $"{name}{_count++}.pem");
        File.WriteAllText(path, pem);
        return path;
    }
}
