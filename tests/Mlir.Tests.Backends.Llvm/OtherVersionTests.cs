using System.Diagnostics;
using Mlir.Backends.Llvm;

namespace Mlir.Tests.Backends.Llvm;

/// <summary>
/// A process can hold one LLVM. So the tests of this assembly run here against the preferred version, and this fixture runs
/// them all again, each older installed version in a process of its own.
/// </summary>
public sealed class OtherVersionTests
{
    private const string Nested = "MLIR_TESTS_NESTED";

    /// <summary>One library path a version, besides the one that this process uses.</summary>
    private static IEnumerable<string> OtherLibraries()
    {
        if (Environment.GetEnvironmentVariable(Nested) is not null)
        {
            return [];
        }

        return LlvmLibrary
            .Candidates()
            .Select(name => LlvmLibrary.Find(name, [], out _))
            .OfType<LlvmLibrary.Loaded>()
            .Where(library => library.Version.Major != LlvmLibrary.Version.Major)
            .DistinctBy(library => library.Version.Major)
            .Select(library => library.Path);
    }

    [Test]
    public void Every_test_passes_on_every_other_installed_version()
    {
        foreach (var path in OtherLibraries())
        {
            var start = new ProcessStartInfo(
                Environment.ProcessPath!,
                ["vstest", typeof(OtherVersionTests).Assembly.Location]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            if (!Path.GetFileNameWithoutExtension(start.FileName).Equals("dotnet", StringComparison.Ordinal))
            {
                start.FileName = "dotnet";
            }

            start.Environment[LlvmLibrary.PathVariable] = path;
            start.Environment[Nested] = path;
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero, $"with {path}:{Environment.NewLine}{output}{errors.Result}");
        }

        Assert.That(LlvmLibrary.IsAvailable(out _), Is.True);
    }

    [Test]
    public void The_nested_run_uses_the_library_that_it_was_given()
    {
        var expected = Environment.GetEnvironmentVariable(Nested);
        Assert.That(LlvmLibrary.Path, Is.EqualTo(expected ?? LlvmLibrary.Path));
    }
}
