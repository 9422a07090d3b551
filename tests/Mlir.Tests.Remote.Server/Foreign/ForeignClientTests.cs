using System.Text.Json;
using Mlir.Remote.Server;

namespace Mlir.Tests.Remote.Server.Foreign;

/// <summary>Clients in other languages, made from the .proto alone with their own gRPC, do everything that matters.</summary>
public sealed class ForeignClientTests
{
    private RemoteServer _server = null!;

    private static string Modules => Path.Combine(ForeignProgram.Folder, "modules.json");

    private string HostAndPort => _server.Addresses[0]["http://".Length..];

    [OneTimeSetUp]
    public async Task StartServer() => _server = await RemoteServer.StartAsync(new() { Listen = "http://127.0.0.1:0" });

    [OneTimeTearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task Python_defines_calls_streams_and_gets_typed_errors()
    {
        var (code, _, _) = await ForeignProgram.RunAsync(ForeignProgram.Python, ["-c", "import grpc, google.protobuf"]);
        if (code != 0 || !File.Exists("/usr/bin/protoc"))
        {
            ForeignProgram.Missing("gRPC for Python (Debian: python3-grpcio, python3-protobuf, protobuf-compiler)");
        }

        var stubs = Directory.CreateTempSubdirectory("mlir-stubs").FullName;
        try
        {
            var made = await ForeignProgram.RunAsync(
                "/usr/bin/protoc",
                [$"-I{ForeignProgram.ProtoRoot}", $"--python_out={stubs}", "mlir/remote/v1/remote.proto"]
            );
            Assert.That(made.Code, Is.Zero, made.Errors);
            var seen = await ForeignProgram.RunJsonAsync(
                ForeignProgram.Python,
                [Path.Combine(ForeignProgram.Folder, "client.py"), HostAndPort, Modules, stubs]
            );
            Assert.Multiple(() =>
            {
                Assert.That(Text(seen, "ints"), Is.EqualTo("""["int32",3]"""));
                Assert.That(Text(seen, "doubles"), Is.EqualTo("""["float64",3.2]"""));
                Assert.That(Text(seen, "named"), Is.EqualTo("3.5"));
                Assert.That(Text(seen, "packed"), Is.EqualTo("[3.0,7.0,11.0]"));
                Assert.That(Text(seen, "small"), Is.EqualTo("[2.0,4.0,6.0]"));
                Assert.That(Text(seen, "large"), Is.EqualTo("[true,true,true]"));
                Assert.That(Text(seen, "stream"), Is.EqualTo("""[true,42,"System.DivideByZeroException"]"""));
                Assert.That(Text(seen, "unloaded"), Is.EqualTo("\"NOT_FOUND\""));

                var thrown = seen.GetProperty("thrown");
                Assert.That(Text(thrown, "status"), Is.EqualTo("\"UNKNOWN\""));
                Assert.That(Text(thrown, "code"), Is.EqualTo("\"KERNEL_EXCEPTION\""));
                Assert.That(Text(thrown, "exception"), Is.EqualTo("\"System.DivideByZeroException\""));
                Assert.That(Text(thrown, "message"), Does.Contain("divide by zero"));

                var overload = seen.GetProperty("overload");
                Assert.That(Text(overload, "code"), Is.EqualTo("\"NO_OVERLOAD\""));
                Assert.That(overload.GetProperty("candidates").GetArrayLength(), Is.EqualTo(2));
                Assert.That(Text(overload, "candidates"), Does.Contain("add(double x, double y)"));

                Assert.That(Text(seen.GetProperty("missing"), "status"), Is.EqualTo("\"NOT_FOUND\""));
                Assert.That(Text(seen.GetProperty("broken"), "code"), Is.EqualTo("\"INVALID_MODULE\""));
                Assert.That(Text(seen.GetProperty("broken"), "message"), Does.Contain("%y"));
            });
        }
        finally
        {
            Directory.Delete(stubs, recursive: true);
        }
    }

    [Test]
    public async Task JavaScript_defines_calls_streams_and_gets_typed_errors()
    {
        var seen = await RunNodeAsync("client.js", HostAndPort, Modules, ForeignProgram.ProtoRoot);
        Assert.Multiple(() =>
        {
            Assert.That(Text(seen, "ints"), Is.EqualTo("""["int32",3]"""));
            Assert.That(Text(seen, "doubles"), Is.EqualTo("""["float64",3.5]"""));
            Assert.That(Text(seen, "small"), Is.EqualTo("[2,4,6]"));
            Assert.That(Text(seen, "large"), Is.EqualTo("[true,true,true]"));
            Assert.That(Text(seen, "stream"), Is.EqualTo("[true,42]"));
            Assert.That(Text(seen.GetProperty("thrown"), "status"), Is.EqualTo("\"UNKNOWN\""));
            Assert.That(Text(seen.GetProperty("thrown"), "message"), Does.Contain("divide by zero"));
            Assert.That(Text(seen.GetProperty("overload"), "status"), Is.EqualTo("\"INVALID_ARGUMENT\""));
            Assert.That(Text(seen.GetProperty("overload"), "hasDetail"), Is.EqualTo("true"));
        });
    }

    [Test]
    public async Task Standard_tools_find_the_methods_and_the_servers_health()
    {
        var seen = await RunNodeAsync("tools.js", HostAndPort);
        Assert.Multiple(() =>
        {
            Assert.That(Text(seen, "services"), Does.Contain("mlir.remote.v1.RemoteCompiler"));
            Assert.That(Text(seen, "services"), Does.Contain("grpc.health.v1.Health"));
            Assert.That(
                seen.GetProperty("methods").EnumerateArray().Select(m => m.GetString()),
                Is.SupersetOf(new[] { "Define", "Call", "Upload", "Download", "Connect" })
            );
            Assert.That(Text(seen, "whole"), Is.EqualTo("\"SERVING\""));
            Assert.That(Text(seen, "service"), Is.EqualTo("\"SERVING\""));
            Assert.That(Text(seen, "unknown"), Is.EqualTo("\"NOT_FOUND\""));
        });
    }

    private static async Task<JsonElement> RunNodeAsync(string script, params string[] arguments)
    {
        var packages = Path.GetFullPath(Path.Combine(ForeignProgram.Folder, "../../../artifacts/node/node_modules"));
        if (!Directory.Exists(Path.Combine(packages, "@grpc/grpc-js")))
        {
            ForeignProgram.Missing("gRPC for Node.js (nodejs, npm)");
        }

        return await ForeignProgram.RunJsonAsync(
            "node",
            [Path.Combine(ForeignProgram.Folder, script), .. arguments],
            ("NODE_PATH", packages)
        );
    }

    private static string Text(JsonElement element, string name) => JsonSerializer.Serialize(element.GetProperty(name));
}
