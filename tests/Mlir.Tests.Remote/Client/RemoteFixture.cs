using Mlir.Remote;
using Mlir.Remote.Server;

namespace Mlir.Tests.Remote.Client;

/// <summary>A real server, with its worker processes, that the tests of an assembly's clients share.</summary>
[SetUpFixture]
public sealed class RemoteFixture
{
    private static RemoteServer? s_server;
    private static string s_directory = "";

    /// <summary>Where the server listens on TCP.</summary>
    public static string Address =>
        s_server!.Addresses.First(address => address.StartsWith("http:", StringComparison.Ordinal));

    /// <summary>Where the server listens on a Unix socket.</summary>
    public static string SocketAddress =>
        s_server!.Addresses.First(address => address.StartsWith("unix:", StringComparison.Ordinal));

    /// <summary>The directory whose files clients may open.</summary>
    public static string DataDirectory => s_directory;

    /// <summary>A client of the server.</summary>
    public static Task<RemoteJit> ConnectAsync(RemoteTransport transport = RemoteTransport.Direct) =>
        RemoteJit.ConnectAsync(Address, new RemoteOptions { Transport = transport });

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        s_directory = Directory.CreateTempSubdirectory("mlir").FullName;
        s_server = await RemoteServer.StartAsync(
            new RemoteServerOptions
            {
                Listen = $"http://127.0.0.1:0;unix:{Path.Combine(s_directory, "server.sock")}",
                DataDirectories = [s_directory],
                Workers = 2,
            }
        );
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (s_server is not null)
        {
            await s_server.DisposeAsync();
        }

        Directory.Delete(s_directory, recursive: true);
    }
}
