using System.Diagnostics;

namespace Mlir.Tests.Dataflow.Compilers;

/// <summary>The sample of a compiler that somebody else wrote, built and run as they would.</summary>
public sealed class ThirdPartyCompilerTests
{
    [Test]
    public void The_sample_outside_of_the_solution_compiles_its_own_algorithms()
    {
        // …/tests/Mlir.Tests.Dataflow/bin/CONFIGURATION/net10.0: the sample is built against what these tests run against.
        var output = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        var configuration = output.Parent!.Name;
        var root = Repository.Root;
        Assert.That(File.ReadAllText(Path.Combine(root, "Mlir.sln")), Does.Not.Contain("CompilerPlugin"));
        var sample = Path.Combine(root, "samples", "CompilerPlugin");
        Run(
            "build",
            Path.Combine(sample, "CompilerPlugin.csproj"),
            "-c",
            configuration,
            "--no-dependencies",
            "-v",
            "q"
        );
        var program = Path.Combine(sample, "bin", configuration, "net10.0", "CompilerPlugin.dll");
        Assert.That(
            Run(program).ReplaceLineEndings("\n").TrimEnd().Split('\n'),
            Is.EqualTo(
                new[]
                {
                    "linq: ready",
                    "linq: Money.Reduce → Money.AddTax → Money.ToDigits",
                    "to pay: 128.41",
                    "to pay: 128.41",
                    "linq: Money.AddTax",
                    "at once: 107",
                    "not compiled: Money.Divide: there is no compiler abacus; there are cpu, interpreter, linq",
                    "each: 15",
                    "linq: done",
                }
            )
        );
    }

    private static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"dotnet {string.Join(' ', arguments)}:\n{output}{errors.Result}");
        return output;
    }
}
