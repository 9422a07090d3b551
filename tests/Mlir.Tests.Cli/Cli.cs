using Mlir.Cli;

namespace Mlir.Tests.Cli;

/// <summary>The command line inside this process.</summary>
internal static class Cli
{
    /// <summary>Runs a command line on an empty standard input.</summary>
    public static (int ExitCode, string Output, string Errors) Run(params string[] args) => RunWithInput("", args);

    /// <summary>Runs a command line.</summary>
    public static (int ExitCode, string Output, string Errors) RunWithInput(string input, params string[] args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exitCode = CommandLine
            .RunAsync(args, new Terminal(new StringReader(input), output, errors))
            .GetAwaiter()
            .GetResult();
        return (exitCode, output.ToString(), errors.ToString());
    }
}
