using System.CommandLine;
using System.CommandLine.Help;
using Mlir.Cli.Cache;
using Mlir.Cli.Completion;
using Mlir.Cli.Devices;
using Mlir.Cli.Graph;
using Mlir.Cli.Opt;
using Mlir.Cli.Quickstart;
using Mlir.Cli.Run;
using Mlir.Cli.Serve;
using Mlir.Cli.Translate;
using Mlir.Dataflow;
using Mlir.IR;
using Mlir.Remote;
using Mlir.Remote.Server;
using Mlir.Runtime.Npy;

namespace Mlir.Cli;

/// <summary>The <c>mlir</c> command: its sub-commands, and how failures become messages and exit codes.</summary>
internal static class CommandLine
{
    /// <summary>The exit code after Ctrl-C, as shells expect it.</summary>
    public const int Cancelled = 130;

    // An argument like @main names a function, not a file of arguments.
    private static readonly ParserConfiguration Syntax = new() { ResponseFileTokenReplacer = null };

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="terminal">Where to read and write.</param>
    /// <returns>0, 1 after a failure, or <see cref="Cancelled"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
        };
        if (args.FirstOrDefault() == ServeCommand.Name)
        {
            configuration.ProcessTerminationTimeout = ServeCommand.StopTime; // running calls may end first
        }

        try
        {
            return await Create(terminal).Parse(OptArguments.Normalize(args), Syntax).InvokeAsync(configuration);
        }
        catch (OperationCanceledException)
        {
            terminal.Complain("cancelled");
            return Cancelled;
        }
        catch (Exception failure) when (Explain(failure) is { } message)
        {
            terminal.Complain(message);
            return 1;
        }
    }

    /// <summary>The root command with everything below it.</summary>
    /// <param name="terminal">Where the commands read and write.</param>
    public static Command Create(Terminal terminal)
    {
        var root = new Command("mlir", "Compiles array programs: C# lambdas and MLIR text to machine code.")
        {
            QuickstartCommand.Create(terminal),
            OptCommand.Create(terminal),
            RunCommand.Create(terminal),
            TranslateCommand.Create(terminal),
            GraphCommand.Create(terminal),
            ServeCommand.Create(terminal),
            CacheCommand.Create(terminal),
            DevicesCommand.Create(terminal),
            LauncherCommands.Test(terminal),
            LauncherCommands.Bench(terminal),
            LauncherCommands.Setup(terminal),
            new HelpOption(),
            new VersionOption(),
        };
        root.Add(CompletionCommand.Create(terminal));
        root.Add(CompletionCommand.CreateSuggest(root, terminal));
        root.SetAction(_ =>
        {
            root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = terminal.Output });
            return 0;
        });
        return root;
    }

    /// <summary>What to say about a failure that is not a fault of this program; null for one that is.</summary>
    private static string? Explain(Exception failure) =>
        failure switch
        {
            UsageException
            or NpyFormatException
            or RemoteConfigurationException
            or RemoteException
            or PictureException => failure.Message,
            DiagnosticException diagnostics => string.Join(Environment.NewLine, diagnostics.Diagnostics),
            FileNotFoundException { FileName: { } file } => $"there is no file '{file}'",
            IOException or UnauthorizedAccessException => failure.Message,
            _ => null,
        };
}
