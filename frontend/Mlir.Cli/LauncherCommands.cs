using System.CommandLine;

namespace Mlir.Cli;

/// <summary>Commands that the launcher <c>./mlir</c> carries out, listed here so that help and completion know them.</summary>
internal static class LauncherCommands
{
    /// <summary>Runs the tests.</summary>
    public static Command Test(Terminal terminal)
    {
        var command = new Command("test", "Run every test; ends with 'N passed, N failed, N skipped'")
        {
            new Argument<string[]>("name")
            {
                Description = "Only test projects whose name contains this",
                Arity = ArgumentArity.ZeroOrMore,
            },
            new Option<string>("--filter") { Description = "Only tests that match, as in 'dotnet test --filter'" },
        };
        return Refer(command, terminal);
    }

    /// <summary>Runs the benchmarks.</summary>
    public static Command Bench(Terminal terminal)
    {
        var command = new Command("bench", "Run the benchmarks")
        {
            new Argument<string?>("filter")
            {
                Description = "Only benchmarks whose name contains this",
                Arity = ArgumentArity.ZeroOrOne,
            },
            new Option<bool>("--csv")
            {
                Description = "Print section,case,peer,size,metric,value,unit lines, measured in turns",
            },
            new Option<DirectoryInfo>("--peers")
            {
                Description =
                    "Run this peer kit, with this project in every round; sections may follow, B and C unless named",
                HelpName = "KIT",
            },
        };
        return Refer(command, terminal);
    }

    /// <summary>Installs and builds what is missing.</summary>
    public static Command Setup(Terminal terminal) =>
        Refer(new Command("setup", "Install and build what is missing, and nothing else"), terminal);

    private static Command Refer(Command command, Terminal terminal)
    {
        command.SetAction(_ =>
        {
            terminal.Complain($"'{command.Name}' needs the repository: run './mlir {command.Name}' at its root");
            return 1;
        });
        return command;
    }
}
