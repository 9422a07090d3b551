using Spectre.Console;

namespace Mlir.Cli;

/// <summary>Where the command line reads from and writes to: the process's own streams, or a test's.</summary>
/// <param name="Input">Standard input as text.</param>
/// <param name="Output">Results.</param>
/// <param name="Error">Everything else: diagnostics, progress, timing.</param>
/// <param name="ShowsProgress">Whether <paramref name="Error"/> tells what takes longer than a second.</param>
internal sealed record Terminal(TextReader Input, TextWriter Output, TextWriter Error, bool ShowsProgress = false)
{
    /// <summary>The process's streams.</summary>
    public static Terminal Standard { get; } = new(Console.In, Console.Out, Console.Error, ShowsProgress: true);

    /// <summary>Output for tables, with colours on a screen only.</summary>
    public IAnsiConsole Tables()
    {
        var screen = ReferenceEquals(Output, Console.Out) && !Console.IsOutputRedirected;
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(Output),
                Ansi = screen ? AnsiSupport.Detect : AnsiSupport.No,
                Interactive = screen ? InteractionSupport.Detect : InteractionSupport.No,
            }
        );
        if (!screen)
        {
            console.Profile.Width = 120; // the same text in every pipe
        }

        return console;
    }

    /// <summary>Where bars may move: standard error, if it is a screen; else null.</summary>
    public IAnsiConsole? Screen() =>
        ShowsProgress && ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected
            ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) })
            : null;

    /// <summary>Says what goes wrong without the input being to blame.</summary>
    /// <param name="message">One line.</param>
    public void Complain(string message) => Error.WriteLine($"mlir: {message}");
}
