using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server;
using Mlir.Tests.Remote.Server.Support;

namespace Mlir.Tests.Remote.Server.Security;

/// <summary>Nobody gets in without the right credential, whatever he speaks.</summary>
public sealed class CredentialTests
{
    private const string Secret = "correct horse battery staple";

    private Certificates _certificates = null!;
    private RemoteServer _server = null!;

    private string Address => _server.Addresses[0];

    [OneTimeSetUp]
    public async Task StartServer()
    {
        _certificates = new Certificates();
        _server = await RemoteServer.StartAsync(
            new()
            {
                Listen = "https://127.0.0.1:0",
                Tokens = [new("alice", Secret), new("bob", "another secret of his own")],
                Tls = new()
                {
                    CertificatePath = _certificates.ServerPath,
                    KeyPath = _certificates.ServerKeyPath,
                    ClientAuthorityPath = _certificates.AuthorityPath,
                },
            }
        );
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        await _server.DisposeAsync();
        _certificates.Dispose();
    }

    [Test]
    public async Task The_right_token_opens_a_session()
    {
        await using var client = new RawConnection(await EncryptAsync());
        await client.GreetAsync(token: Secret);
        var functions = await client.DefineAsync("add", Modules.Add);
        Assert.That(await client.CallAsync(functions[0], 1, 2), Is.EqualTo(3));
    }

    [TestCase("")]
    [TestCase("wrong token, but long enough")]
    [TestCase("correct horse battery stapl")]
    [TestCase("correct horse battery staple ")]
    public async Task No_token_or_a_wrong_one_opens_nothing(string token)
    {
        await using var client = new RawConnection(await EncryptAsync());
        var error = await Assert.ThrowsAsync<ProtocolException>(() => client.GreetAsync(token: token));
        Assert.That(error!.Error.Code, Is.EqualTo(ErrorCode.Unauthenticated));
        Assert.That(await client.ReceiveAsync(), Is.Null, "the connection is ended");
    }

    [TestCase("GetServerInfo")]
    [TestCase("OpenSession")]
    [TestCase("Call")]
    [TestCase("Upload")]
    [TestCase("Download")]
    [TestCase("Connect")]
    [TestCase("NoSuchMethod")]
    public async Task No_method_answers_without_a_token(string method)
    {
        using var http = Http();
        Assert.That(await StatusAsync(http, method, token: null), Is.EqualTo(GrpcStatus.Unauthenticated));
        Assert.That(
            await StatusAsync(http, method, "a wrong token of some length"),
            Is.EqualTo(GrpcStatus.Unauthenticated)
        );
    }

    [Test]
    public async Task A_token_in_the_metadata_is_accepted()
    {
        using var http = Http();
        Assert.That(await StatusAsync(http, "GetServerInfo", Secret), Is.EqualTo(GrpcStatus.Ok));
    }

    [Test]
    public async Task A_session_belongs_to_who_opened_it()
    {
        await using var alice = new RawConnection(await EncryptAsync());
        await alice.GreetAsync(token: Secret);
        await using var bob = new RawConnection(await EncryptAsync());
        await bob.GreetAsync(alice.Token, "another secret of his own");
        Assert.That((bob.Resumed, bob.Token == alice.Token), Is.EqualTo((false, false)));

        await using var again = new RawConnection(await EncryptAsync());
        await again.GreetAsync(alice.Token, Secret);
        Assert.That((again.Resumed, again.Token == alice.Token), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task A_client_certificate_of_the_authority_is_a_credential()
    {
        using var certificate = _certificates.Client();
        await using var client = new RawConnection(await EncryptAsync(certificate));
        await client.GreetAsync();
        Assert.That(client.Token, Is.Not.Empty);
    }

    [Test]
    public void A_certificate_that_somebody_else_signed_or_that_is_not_for_clients_is_refused()
    {
        using var others = new Certificates();
        using var foreign = others.Client();
        using var wrong = _certificates.NotForClients();
        foreach (var certificate in new[] { foreign, wrong })
        {
            Assert.That(
                async () =>
                {
                    await using var client = new RawConnection(await EncryptAsync(certificate));
                    await client.GreetAsync();
                },
                Throws.InstanceOf<IOException>().Or.InstanceOf<AuthenticationException>()
            );
        }
    }

    [Test]
    public async Task Plain_text_on_an_encrypted_port_gets_nothing()
    {
        var uri = new Uri(Address);
        foreach (
            var greeting in new[]
            {
                "MLIR/1\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
            }
        )
        {
            await using var stream = await RawConnection.OpenStreamAsync($"http://127.0.0.1:{uri.Port}");
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(greeting));
            var answer = new byte[256];
            int read;
            try
            {
                read = await stream.ReadAsync(answer);
            }
            catch (IOException)
            {
                read = 0; // reset
            }

            // At most an alert of TLS (record type 21).
            Assert.That(read == 0 || answer[0] == 21, Is.True, greeting);
        }

        await The_right_token_opens_a_session();
    }

    [Test]
    public void Old_versions_of_TLS_are_refused() =>
        Assert.That(
            async () => await EncryptAsync(null, SslProtocols.Tls12),
            Throws.InstanceOf<AuthenticationException>().Or.InstanceOf<IOException>()
        );

    private async Task<SslStream> EncryptAsync(
        X509Certificate2? certificate = null,
        SslProtocols protocols = SslProtocols.None
    )
    {
        var stream = new SslStream(await RawConnection.OpenStreamAsync(Address));
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = protocols,
                ClientCertificates = certificate is null ? null : [certificate],
                CertificateChainPolicy = Trust(),
            }
        );
        return stream;
    }

    private X509ChainPolicy Trust() =>
        new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { _certificates.Authority },
            RevocationMode = X509RevocationMode.NoCheck,
        };

    private HttpClient Http() =>
        new(new SocketsHttpHandler { SslOptions = new() { CertificateChainPolicy = Trust() } });

    private async Task<GrpcStatus> StatusAsync(HttpClient http, string method, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Address}/mlir.remote.v1.RemoteCompiler/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(RawConnection.Frame(new GetServerInfoRequest().ToByteArray())),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await http.SendAsync(request);
        _ = await response.Content.ReadAsByteArrayAsync();
        var status = response.Headers.TryGetValues("grpc-status", out var early)
            ? early
            : response.TrailingHeaders.GetValues("grpc-status");
        return (GrpcStatus)int.Parse(status.Single(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
