using Mlir.Remote.Server;
using Mlir.Tests.Remote.Server.Support;

namespace Mlir.Tests.Remote.Server.Security;

/// <summary>A server refuses to start where strangers could get in, and says why.</summary>
public sealed class ConfigurationTests
{
    private static readonly BearerToken Token = new("test", "a token of enough length");

    [TestCase("http://0.0.0.0:0", "use https")]
    [TestCase("http://[::]:0", "use https")]
    [TestCase("https://127.0.0.1:0", "certificate")]
    [TestCase("https://0.0.0.0:0", "certificate")]
    [TestCase("ftp://127.0.0.1:0", "is no address")]
    [TestCase("http://127.0.0.1:0/path", "is no address")]
    [TestCase("http://example.org:0", "IP address")]
    [TestCase("unix:relative.sock", "absolute path")]
    [TestCase("", "no address")]
    [TestCase("http://127.0.0.1:0;http://0.0.0.0:0", "0.0.0.0")]
    public async Task An_address_that_is_not_safe_is_refused(string listen, string reason)
    {
        var error = await Assert.ThrowsAsync<RemoteConfigurationException>(() =>
            RemoteServer.StartAsync(new() { Listen = listen })
        );
        Assert.That(error!.Message, Does.Contain(reason));
    }

    [Test]
    public async Task Other_machines_need_a_credential()
    {
        using var certificates = new Certificates();
        var error = await Assert.ThrowsAsync<RemoteConfigurationException>(() =>
            RemoteServer.StartAsync(
                new()
                {
                    Listen = "https://0.0.0.0:0",
                    Tls = new() { CertificatePath = certificates.ServerPath, KeyPath = certificates.ServerKeyPath },
                }
            )
        );
        Assert.That(error!.Message, Does.Contain("token"));
    }

    [Test]
    public async Task With_a_certificate_and_a_token_other_machines_may_come()
    {
        using var certificates = new Certificates();
        await using var server = await RemoteServer.StartAsync(
            new()
            {
                Listen = "https://0.0.0.0:0",
                Tokens = [Token],
                Tls = new() { CertificatePath = certificates.ServerPath, KeyPath = certificates.ServerKeyPath },
            }
        );
        Assert.That(server.Addresses.Single(), Does.Match("^https://0.0.0.0:[1-9][0-9]*$"));
    }

    [Test]
    public async Task A_token_that_can_be_guessed_is_refused()
    {
        var error = await Assert.ThrowsAsync<RemoteConfigurationException>(() =>
            RemoteServer.StartAsync(new() { Listen = "http://127.0.0.1:0", Tokens = [new("test", "short")] })
        );
        Assert.That(error!.Message, Does.Contain("at least 16").And.Not.Contain("short'"));
    }

    [Test]
    public async Task A_port_is_never_shared()
    {
        await using var first = await RemoteServer.StartAsync(new() { Listen = "http://127.0.0.1:0" });
        var error = await Assert.ThrowsAsync<RemoteConfigurationException>(() =>
            RemoteServer.StartAsync(new() { Listen = first.Addresses[0] })
        );
        Assert.That(error!.Message, Does.Contain("another server"));
    }

    [Test]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public async Task A_unix_socket_is_its_owners_alone_and_never_shared()
    {
        var folder = Directory.CreateTempSubdirectory("mlir-socket");
        var path = Path.Combine(folder.FullName, "server.sock");
        try
        {
            await using (var first = await RemoteServer.StartAsync(new() { Listen = $"unix:{path}" }))
            {
                Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
                var error = await Assert.ThrowsAsync<RemoteConfigurationException>(() =>
                    RemoteServer.StartAsync(new() { Listen = $"unix:{path}" })
                );
                Assert.That(error!.Message, Does.Contain("another server"));
            }

            Assert.That(File.Exists(path), Is.False);

            // The socket of a server that was killed lies around and is in nobody's way.
            using (
                var dead = new System.Net.Sockets.Socket(
                    System.Net.Sockets.AddressFamily.Unix,
                    System.Net.Sockets.SocketType.Stream,
                    0
                )
            )
            {
                dead.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
            }

            await using var second = await RemoteServer.StartAsync(new() { Listen = $"unix:{path}" });
            await using var client = await RawConnection.OpenAsync($"unix:{path}");
            Assert.That(client.Token, Is.Not.Empty);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void A_configuration_file_is_read_whole_and_its_mistakes_are_named()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                path,
                """
                {
                  "Listen": "http://127.0.0.1:6000",
                  "Tokens": [{ "Name": "alice", "Token": "0123456789abcdef" }],
                  "DataDirectories": ["/data"],
                  "Limits": { "MaxCallTime": "00:00:05", "MaxModuleBytes": 1000 },
                  "Workers": 3
                }
                """
            );
            var options = ConfigurationFile.Load(path);
            Assert.Multiple(() =>
            {
                Assert.That(options.Listen, Is.EqualTo("http://127.0.0.1:6000"));
                Assert.That(options.Tokens.Single(), Is.EqualTo(new BearerToken("alice", "0123456789abcdef")));
                Assert.That(options.DataDirectories, Is.EqualTo(new[] { "/data" }));
                Assert.That(options.Limits.MaxCallTime, Is.EqualTo(TimeSpan.FromSeconds(5)));
                Assert.That(options.Limits.MaxModuleBytes, Is.EqualTo(1000));
                Assert.That(options.Limits.MaxBatchCalls, Is.EqualTo(new RemoteLimits().MaxBatchCalls));
                Assert.That(options.Workers, Is.EqualTo(3));
            });

            File.WriteAllText(path, """{ "Lisen": "http://127.0.0.1:6000" }""");
            Assert.That(
                () => ConfigurationFile.Load(path),
                Throws.TypeOf<RemoteConfigurationException>().With.Message.Contains("Lisen")
            );
            File.WriteAllText(path, "{ \"Workers\": ");
            Assert.That(
                () => ConfigurationFile.Load(path),
                Throws.TypeOf<RemoteConfigurationException>().With.Message.Contains(path)
            );
        }
        finally
        {
            File.Delete(path);
        }
    }
}
