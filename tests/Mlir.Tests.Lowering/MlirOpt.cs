using System.Diagnostics;

namespace Mlir.Tests.Lowering;

/// <summary>The real mlir-opt, where it is installed.</summary>
internal static class MlirOpt
{
    public static bool IsRequired => Environment.GetEnvironmentVariable("REQUIRE_MLIR_TOOLS") == "1";

    public static string? Find() =>
        new[] { Environment.GetEnvironmentVariable("MLIR_OPT"), "/usr/lib/llvm-22/bin/mlir-opt" }
            .Concat(
                (Environment.GetEnvironmentVariable("PATH") ?? "")
                    .Split(':')
                    .SelectMany(d => new[] { $"{d}/mlir-opt-22", $"{d}/mlir-opt" })
            )
            .FirstOrDefault(File.Exists);

    public static (int ExitCode, string Errors) Run(string tool, string text)
    {
        using var process = Process.Start(
            new ProcessStartInfo(tool, ["--split-input-file", "--allow-unregistered-dialect", "-"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(text);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The tool ended before it read everything; its exit code and messages say why.
        }

        output.Wait();
        process.WaitForExit();
        return (process.ExitCode, errors.Result);
    }
}
