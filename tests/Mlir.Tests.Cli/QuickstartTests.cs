using System.Xml.Linq;

namespace Mlir.Tests.Cli;

public sealed class QuickstartTests
{
    public static IEnumerable<string> Targets => RunTests.Targets;

    [TestCaseSource(nameof(Targets))]
    public void The_main_job_ends_with_a_table_and_a_picture(string target)
    {
        var folder = Directory.CreateTempSubdirectory("quickstart").FullName;
        try
        {
            var picture = Path.Combine(folder, "p.svg");
            var data = Path.Combine(Launcher.Root, "samples", "data", "sp500-2000.csv");
            if (target == "interpreter")
            {
                // The interpreter is slow: a few years are enough for it.
                var part = Path.Combine(folder, "part.csv");
                File.WriteAllLines(part, File.ReadLines(data).Take(500));
                data = part;
            }

            var run = Cli.Run("quickstart", "--data", data, "--picture", picture, "--target", target);
            Assert.That(run.ExitCode, Is.Zero, run.Errors);
            Assert.Multiple(() =>
            {
                Assert.That(run.Output, Does.Contain($"target {target}"));
                Assert.That(run.Output, Does.Match(@"pipeline.*compile ms.*eager µs.*compiled µs.*max ulp"));
                Assert.That(run.Output, Does.Match(@"volatility from the day's range .* \d+ "));
                Assert.That(run.Output, Does.Not.Contain("\u001b"), "no colour codes in a pipe");
                Assert.That(XDocument.Load(picture).Root!.Name.LocalName, Is.EqualTo("svg"));
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
