using System.Diagnostics;

namespace Mlir.Tests.Runtime.Npy;

/// <summary>The real NumPy, as a program.</summary>
internal static class NumPy
{
    private static readonly string[] Candidates = ["/usr/bin/python3", "python3"];

    /// <summary>Runs a script that imports NumPy as <c>np</c> and returns what it printed.</summary>
    public static string Run(string script, params string[] arguments)
    {
        foreach (var python in Candidates)
        {
            if (TryRun(python, "import numpy") is { ExitCode: 0 })
            {
                var (exitCode, output, errors) = TryRun(
                    python,
                    "import sys\nimport numpy as np\n" + script,
                    arguments
                )!.Value;
                Assert.That(exitCode, Is.Zero, errors);
                return output;
            }
        }

        const string Missing = "NumPy is not installed: 'apt-get install python3-numpy', or './mlir setup'.";
        if (Environment.GetEnvironmentVariable("REQUIRE_MLIR_TOOLS") == "1")
        {
            Assert.Fail(Missing);
        }

        Assert.Ignore(Missing);
        return "";
    }

    private static (int ExitCode, string Output, string Errors)? TryRun(
        string python,
        string script,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(python, ["-c", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no such program
        }
    }
}
