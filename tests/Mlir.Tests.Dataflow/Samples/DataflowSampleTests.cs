using System.Diagnostics;

namespace Mlir.Tests.Dataflow.Samples;

/// <summary>The sample runs as it stands; its pictures are those of the documentation.</summary>
public sealed class DataflowSampleTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("mlir-sample-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Prints_its_results_and_draws_its_graphs()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(TestContext.CurrentContext.TestDirectory, "Dataflow.dll"), _folder]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var sample = Process.Start(start)!;
        var errors = sample.StandardError.ReadToEndAsync();
        var output = await sample.StandardOutput.ReadToEndAsync();
        await sample.WaitForExitAsync();

        Assert.That(await errors, Is.Empty);
        Assert.That(
            output.ReplaceLineEndings("\n"),
            Is.EqualTo(
                """
                S&P 500, 2000 to 2020: volatility 19.92 % a year
                R-MAT, 1,048,576 edges: log rank ~ log degree 0.9691

                """.ReplaceLineEndings("\n")
            )
        );
        foreach (var picture in new[] { "prices.svg", "web.svg" })
        {
            Assert.That(
                await File.ReadAllTextAsync(Path.Combine(_folder, picture)),
                Is.EqualTo(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "pictures", picture))),
                $"docs/pictures/{picture} is out of date: run the sample with docs/pictures as its argument"
            );
        }
    }
}
