using Microsoft.Extensions.Logging;
using Mlir.Remote;
using Mlir.Remote.Server;

namespace Mlir.Cli.Serve;

/// <summary><c>mlir serve --once</c>: whether this machine can serve, found out through a real connection.</summary>
internal static class SelfTest
{
    /// <summary>Starts a server as configured, but on a free port of loopback, and uses it.</summary>
    /// <returns>The exit code: 0 if everything worked.</returns>
    public static async Task<int> RunAsync(
        RemoteServerOptions configuration,
        ILoggerFactory logging,
        Terminal terminal,
        CancellationToken cancellation
    )
    {
        var local = configuration with { Listen = "http://127.0.0.1:0", Tls = null, HealthListen = null };
        await using var server = await RemoteServer.StartAsync(local, logging, cancellation);
        await using var remote = await RemoteJit.ConnectAsync(
            server.Addresses[0],
            new RemoteOptions { Token = configuration.Tokens.FirstOrDefault()?.Token },
            cancellation
        );
        var add = remote.Define("add", (double x, double y) => x + y, (int x, int y) => x + y);
        var divide = remote.Define("divide", (int x, int y) => x / y);
        var checks = new (string What, Func<Task<bool>> Check)[]
        {
            ("a function is compiled and called", async () => await add.CallAsync(1.25, 2.5) is 3.75),
            ("its overload for int is chosen", async () => await add.CallAsync(1, 2) is 3),
            ("an exception arrives as what it is", () => Throws<DivideByZeroException>(() => divide.CallAsync(1, 0))),
        };
        var failed = 0;
        foreach (var (what, check) in checks)
        {
            var passed = await check();
            failed += passed ? 0 : 1;
            await terminal.Output.WriteLineAsync($"{(passed ? "ok    " : "FAILED")}  {what}");
        }

        await terminal.Output.WriteLineAsync(
            failed == 0
                ? $"ready to serve with {remote.Server.Workers} workers for {remote.Server.Processor}"
                : "not ready to serve"
        );
        return failed == 0 ? 0 : 1;
    }

    private static async Task<bool> Throws<TException>(Func<Task> call)
        where TException : Exception
    {
        try
        {
            await call();
            return false;
        }
        catch (TException)
        {
            return true;
        }
    }
}
