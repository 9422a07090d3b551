using System.ComponentModel;
using System.Diagnostics;

namespace Mlir.Tests.Dialects;

/// <summary>The real <c>mlir-opt</c>, version 22: the judge of what we print.</summary>
public static class MlirOpt
{
    private const string Separator = "// -----";

    private static readonly string[] Candidates = ["/usr/lib/llvm-22/bin/mlir-opt", "mlir-opt-22", "mlir-opt"];

    /// <summary>What to run, or null when the tool is not there.</summary>
    private static readonly Lazy<string?> Tool = new(Find);

    /// <summary>
    /// Runs all modules through one process and returns what the tool printed for each. The test fails when the tool refuses one, and
    /// also when it is missing although <c>REQUIRE_MLIR_TOOLS=1</c>; otherwise a missing tool makes the test inconclusive.
    /// </summary>
    /// <param name="modules">The text of each module.</param>
    /// <param name="flags">Flags for the tool.</param>
    public static string[] Run(IReadOnlyList<string> modules, params string[] flags)
    {
        if (Tool.Value is not { } tool)
        {
            const string Missing = "mlir-opt 22 is not installed (Debian package mlir-22-tools)";
            if (Environment.GetEnvironmentVariable("REQUIRE_MLIR_TOOLS") == "1")
            {
                Assert.Fail(Missing);
            }

            Assert.Inconclusive(Missing);
            return [];
        }

        var input = string.Join($"\n{Separator}\n", modules);
        var (output, errors, exit) = Execute(
            tool,
            ["--split-input-file", "--allow-unregistered-dialect", .. flags, "-"],
            input
        );
        Assert.That(exit, Is.Zero, () => $"mlir-opt refuses what we print:\n{errors}\n{Numbered(input)}");
        var parts = output.Split($"{Separator}\n");
        Assert.That(parts, Has.Length.EqualTo(modules.Count));
        return parts;
    }

    private static string? Find() =>
        Candidates.FirstOrDefault(candidate =>
        {
            try
            {
                return Execute(candidate, ["--version"], "")
                    .Output.Contains("LLVM version 22", StringComparison.Ordinal);
            }
            catch (Win32Exception)
            {
                return false;
            }
        });

    private static (string Output, string Errors, int Exit) Execute(
        string tool,
        IEnumerable<string> arguments,
        string input
    )
    {
        using var process = Process.Start(
            new ProcessStartInfo(tool, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The tool ended before it read everything; its exit code and messages say why.
        }

        process.WaitForExit();
        return (output.Result, errors.Result, process.ExitCode);
    }

    private static string Numbered(string text) =>
        string.Join("\n", text.Split('\n').Select((line, i) => $"{i + 1, 5} {line}"));
}
