using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Mlir.Remote.Server;

namespace Mlir.Cli.Serve;

/// <summary><c>mlir serve</c>: the remote executor as a program.</summary>
internal static class ServeCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "serve";

    /// <summary>How long the process may take to stop: longer than any server drains.</summary>
    public static readonly TimeSpan StopTime = TimeSpan.FromHours(1);

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var options = new ServeOptions();
        var once = new Option<bool>("--once")
        {
            Description =
                "Start, define and call a function through a real connection, say whether that worked, and stop",
        };
        var json = new Option<bool>("--json-log") { Description = "Write the log as one JSON object a line" };
        var command = new Command(
            Name,
            "Serve compiled functions: clients send what to compute, and it runs here, next to the data"
        )
        {
            once,
            json,
        };
        options.AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                // What the server does when bytes arrive is short: it is done on the thread that waits for them. .NET reads this once.
                Environment.SetEnvironmentVariable(RemoteServer.InlineCompletions, "1");
                var configuration = options.Read(parsed);
                using var logging = Logging(parsed.GetValue(json), quiet: parsed.GetValue(once));
                if (parsed.GetValue(once))
                {
                    return await SelfTest.RunAsync(configuration, logging, terminal, cancellation);
                }

                await ServeAsync(configuration, logging, terminal, cancellation);
                return 0;
            }
        );
        return command;
    }

    /// <summary>Serves until the process is told to stop (Ctrl-C, SIGTERM); then lets running calls end.</summary>
    private static async Task ServeAsync(
        RemoteServerOptions configuration,
        ILoggerFactory logging,
        Terminal terminal,
        CancellationToken cancellation
    )
    {
        RemoteServer server;
        using (new SlowStep(terminal, "starting the workers"))
        {
            server = await RemoteServer.StartAsync(configuration, logging, cancellation);
        }

        await using (server)
        {
            // For scripts: where it listens, on standard output, once it does.
            foreach (var address in server.Addresses)
            {
                await terminal.Output.WriteLineAsync($"listening on {address}");
            }

            if (server.HealthAddress is { } health)
            {
                await terminal.Output.WriteLineAsync($"health on {health}/healthz");
            }

            await terminal.Output.FlushAsync(CancellationToken.None);
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            using var again = new CancellationTokenSource();
            void StopAtOnce(PosixSignalContext signal)
            {
                signal.Cancel = true;
                again.Cancel();
            }

            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopAtOnce);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopAtOnce);
            terminal.Complain("stopping: running calls may end; press Ctrl-C again to stop at once");
            await server.StopAsync(again.Token);
        }
    }

    private static ILoggerFactory Logging(bool json, bool quiet) =>
        LoggerFactory.Create(log =>
        {
            log.SetMinimumLevel(quiet ? LogLevel.Warning : LogLevel.Information);
            log.AddFilter("Microsoft", LogLevel.Warning);
            log.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // why it cannot start is said in one line
            log.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            if (json)
            {
                log.AddJsonConsole(static format => format.UseUtcTimestamp = true);
            }
            else
            {
                log.AddSimpleConsole(static format =>
                {
                    format.SingleLine = true;
                    format.UseUtcTimestamp = true;
                    format.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
                });
            }
        });
}
