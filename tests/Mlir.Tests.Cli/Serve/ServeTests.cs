using System.Text.Json;
using Mlir.Remote;

namespace Mlir.Tests.Cli.Serve;

/// <summary><c>mlir serve</c> as an operator meets it: addresses, exit codes, messages, the log.</summary>
public sealed class ServeTests
{
    private const string Secret = "sixteen-characters-and-more";

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("mlir").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task LetsRunningCallsEndWhenItIsToldToStop()
    {
        using var server = await ServerProcess.StartAsync("--json-log", "--health", "http://127.0.0.1:0");
        await using var remote = await server.ConnectAsync();
        await using var other = await server.ConnectAsync(new RemoteOptions { RerunLostCalls = false });
        var fib = Lambdas.DefineFib(remote);
        var twice = other.Define("twice", (int x) => 2 * x);
        Assert.That(await fib.CallAsync<long>(10L), Is.EqualTo(55));
        Assert.That(await twice.CallAsync(1), Is.EqualTo(2));
        using var http = new HttpClient();
        Assert.That(await http.GetStringAsync(server.HealthAddress), Does.StartWith("ok"));

        var running = fib.CallAsync<long>(Lambdas.LongFib);
        await remote.ListFunctionsAsync(); // answered after the call began
        server.Stop();
        await ServerProcess.UntilAsync(() => server.Errors.Any(static line => line.Contains("stopping")));

        var refused = await Assert.ThrowsAsync<RemoteException>(() => twice.CallAsync(2));
        Assert.That(refused!.Kind, Is.EqualTo(RemoteErrorKind.Unavailable));
        var late = await Assert.ThrowsAsync<RemoteException>(() => server.ConnectAsync());
        Assert.That(late!.Kind, Is.EqualTo(RemoteErrorKind.Unavailable));
        Assert.That(running.IsCompleted, Is.False, "the call is too short for this test");
        Assert.That(await running, Is.EqualTo(Lambdas.LongFibResult));
        Assert.That(await server.WaitForExitAsync(), Is.Zero);
        Assert.That(server.Workers, Is.Empty);

        var log = server.Errors.Where(static line => !line.StartsWith("mlir:", StringComparison.Ordinal)).ToArray();
        Assert.That(log, Has.Length.AtLeast(4).And.All.StartsWith("{"));
        foreach (var line in log)
        {
            using var entry = JsonDocument.Parse(line);
            Assert.That(entry.RootElement.GetProperty("Message").GetString(), Is.Not.Empty);
        }
    }

    [Test]
    public async Task EndsAtOnceWhenItIsToldTwice()
    {
        var file = Path.Combine(_folder, "patient.json");
        await File.WriteAllTextAsync(file, """{ "DrainTime": "01:00:00", "Limits": { "MaxCallTime": "01:00:00" } }""");
        using var server = await ServerProcess.StartAsync("--config", file);
        await using var remote = await server.ConnectAsync(
            new RemoteOptions { RerunLostCalls = false, ReconnectTimeout = TimeSpan.FromSeconds(1) }
        );
        var fib = Lambdas.DefineFib(remote);
        Assert.That(await fib.CallAsync<long>(10L), Is.EqualTo(55));
        var running = fib.CallAsync<long>(Lambdas.EndlessFib);
        await remote.ListFunctionsAsync(); // answered after the call began
        server.Stop();
        await ServerProcess.UntilAsync(() => server.Errors.Any(static line => line.Contains("stopping")));
        server.Stop();

        Assert.That(await server.WaitForExitAsync(), Is.Zero);
        Assert.That(async () => await running, Throws.InstanceOf<Exception>());
        Assert.That(server.Workers, Is.Empty);
    }

    [Test]
    public async Task TestsItself()
    {
        var (code, output, errors) = await ServerProcess.RunAsync("serve", "--once", "--workers", "1");

        Assert.That(code, Is.Zero, errors);
        Assert.That(output[..^1], Has.Length.EqualTo(3).And.All.StartsWith("ok"));
        Assert.That(output[^1], Does.StartWith("ready to serve with 1 workers"));
    }

    [Test]
    public async Task NeverSharesAPort()
    {
        using var server = await ServerProcess.StartAsync();

        var (code, output, errors) = await ServerProcess.RunAsync("serve", "--listen", server.Address);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Is.Empty);
        Assert.That(errors, Does.Contain(server.Address).And.Contain("Is another server running there"));
        Assert.That(errors, Does.Not.Contain("   at "), "a stack trace helps no operator");
    }

    [TestCase("""{ "Listem": "http://127.0.0.1:0" }""", "Listem")]
    [TestCase("""{ "Limits": { "MaxCallTime": "soon" } }""", "MaxCallTime")]
    [TestCase("""{ "Limits": { "MaxStoredBytes": -1 } }""", "MaxStoredBytes")]
    [TestCase("""{ "Limits": { "MaxCallTime": "00:00:00" } }""", "MaxCallTime")]
    [TestCase("""{ "Workers": -1 }""", "Workers")]
    [TestCase("""{ "Listen": """, "serve.json")]
    [TestCase("""{ "Listen": "http://0.0.0.0:0" }""", "https")]
    [TestCase("""{ "Listen": "https://0.0.0.0:0" }""", "--cert")]
    [TestCase("""{ "DataDirectories": ["/nowhere/at/all"] }""", "/nowhere/at/all")]
    [TestCase("""{ "Tokens": [{ "Name": "alice", "Token": "short" }] }""", "16")]
    [CancelAfter(60_000)]
    public async Task SaysWhatIsWrongWithItsConfiguration(
        string configuration,
        string named,
        CancellationToken cancellation
    )
    {
        var file = Path.Combine(_folder, "serve.json");
        await File.WriteAllTextAsync(file, configuration, cancellation);

        // In this process, because there are many; one that serves after all is a failure, not a hang.
        var (code, output, errors) = await Task.Run(() => Cli.Run("serve", "--config", file), cancellation)
            .WaitAsync(cancellation);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Is.Empty);
        Assert.That(errors, Does.StartWith("mlir: ").And.Contain(named));
    }

    [Test]
    public void SaysThatAFileIsNotThere()
    {
        var missing = Path.Combine(_folder, "missing");

        Assert.That(Cli.Run("serve", "--config", missing).Errors, Does.Contain(missing));
        Assert.That(Cli.Run("serve", "--token-file", missing).Errors, Does.Contain(missing));
        Assert.That(
            Cli.Run("serve", "--listen", "https://127.0.0.1:0", "--cert", missing).Errors,
            Does.Contain(missing)
        );
    }

    [Test]
    public void ListsItsOptions()
    {
        var (code, output, _) = Cli.Run("serve", "--help");

        Assert.That(code, Is.Zero);
        foreach (
            var option in "listen config data token-file cert key client-ca workers health telemetry once json-log".Split()
        )
        {
            Assert.That(output, Does.Contain($"--{option} "));
        }
    }

    [Test]
    public async Task AdmitsThoseWhoHoldAToken()
    {
        var file = Path.Combine(_folder, "tokens.txt");
        await File.WriteAllTextAsync(file, $"# who and what\n\nalice\t{Secret}\n");
        using var server = await ServerProcess.StartAsync("--token-file", file);

        await using var remote = await server.ConnectAsync(new RemoteOptions { Token = Secret });
        Assert.That(await remote.Define("add", (int x, int y) => x + y).CallAsync(1, 2), Is.EqualTo(3));
        foreach (var token in (string?[])[null, "", "another token of some length", "alice"])
        {
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() =>
                server.ConnectAsync(new RemoteOptions { Token = token })
            );
        }

        Assert.That(server.Errors, Has.None.Contain(Secret), "a secret is in the log");
        await File.WriteAllTextAsync(file, "alice\n");
        var (code, _, errors) = await ServerProcess.RunAsync("serve", "--token-file", file);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(errors, Does.Contain($"{file}(1)"));
    }
}
