using Mlir.Remote;
using Mlir.Remote.Server;
using Mlir.Tests.Remote.Server.Support;

namespace Mlir.Tests.Remote.Client;

/// <summary>Connects over TLS with credentials, good and bad.</summary>
[TestFixture(RemoteTransport.Direct)]
[TestFixture(RemoteTransport.Grpc)]
[TestFixture(RemoteTransport.Auto)]
public class CredentialTests(RemoteTransport transport)
{
    private const string Token = "a token of the tests";

    private Certificates _certificates = null!;
    private RemoteServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _certificates = new Certificates();
        _server = await RemoteServer.StartAsync(
            new RemoteServerOptions
            {
                Listen = "https://127.0.0.1:0",
                Tls = new TlsOptions
                {
                    CertificatePath = _certificates.ServerPath,
                    KeyPath = _certificates.ServerKeyPath,
                    ClientAuthorityPath = _certificates.AuthorityPath,
                },
                Tokens = [new BearerToken("test", Token)],
                Workers = 1,
            }
        );
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _certificates.Dispose();
    }

    [Test]
    public async Task CallsOverTlsWithAToken()
    {
        await using var remote = await ConnectAsync(Trusting() with { Token = Token });

        await CheckCallsAsync(remote);
    }

    [Test]
    public async Task CallsOverTlsWithAClientCertificate()
    {
        using var certificate = _certificates.Client();
        await using var remote = await ConnectAsync(Trusting() with { ClientCertificate = certificate });

        await CheckCallsAsync(remote);
    }

    // Again and again: a refusal races with the request that it answers.
    [TestCase(null)]
    [TestCase("another token of the tests")]
    [Repeat(25)]
    public async Task IsRefusedWithoutTheToken(string? token) =>
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => ConnectAsync(Trusting() with { Token = token }));

    [Test]
    public async Task TrustsNoServerThatItsRootsDoNotVouchFor()
    {
        var error = await Assert.ThrowsAsync<RemoteException>(() => ConnectAsync(new RemoteOptions { Token = Token }));

        Assert.That(error!.Kind, Is.EqualTo(RemoteErrorKind.Unreachable));
        Assert.That(error.Message, Does.Contain("TrustedRoots"));
    }

    [Test]
    public async Task LetsTheUserDecideWhomToTrust()
    {
        var asked = false;
        await using var remote = await ConnectAsync(
            new RemoteOptions
            {
                Token = Token,
                ServerCertificateValidation = (certificate, _, _) => asked = certificate.Subject == "CN=localhost",
            }
        );

        await CheckCallsAsync(remote);
        Assert.That(asked, Is.True);
    }

    private static async Task CheckCallsAsync(RemoteJit remote)
    {
        var add = remote.Define("add", (int x, int y) => x + y);

        Assert.That(add.Call(1, 2), Is.EqualTo(3));
        Assert.That(await add.CallAsync(3, 4), Is.EqualTo(7));
    }

    private RemoteOptions Trusting() => new() { TrustedRoots = [_certificates.Authority] };

    private Task<RemoteJit> ConnectAsync(RemoteOptions options) =>
        RemoteJit.ConnectAsync(_server.Addresses[0], options with { Transport = transport });
}
