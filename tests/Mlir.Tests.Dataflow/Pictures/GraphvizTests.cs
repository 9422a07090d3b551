using System.Diagnostics;
using System.Xml.Linq;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Pictures;

/// <summary>With the real <c>dot</c>: it reads what we write, and lays out what we draw.</summary>
public sealed class GraphvizTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static bool HasDot =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, "dot")));

    private static void NeedDot()
    {
        if (!HasDot && Environment.GetEnvironmentVariable("REQUIRE_MLIR_TOOLS") == "1")
        {
            Assert.Fail("graphviz is required");
        }

        if (!HasDot)
        {
            Assert.Ignore("graphviz is not installed: './mlir test' installs it");
        }
    }

    private static async Task<string> RunDotAsync(string text, params string[] arguments)
    {
        using var dot = Process.Start(
            new ProcessStartInfo("dot", arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = dot.StandardOutput.ReadToEndAsync();
        var errors = dot.StandardError.ReadToEndAsync();
        await dot.StandardInput.WriteAsync(text);
        dot.StandardInput.Close();
        await dot.WaitForExitAsync();
        Assert.That(dot.ExitCode, Is.Zero, await errors);
        return await output;
    }

    [Test]
    public async Task Graphviz_reads_names_back_as_they_were()
    {
        NeedDot();
        var svg = XDocument.Parse(await RunDotAsync(Drawings.Picture(Drawings.Hostile).ToDot(), "-Tsvg"));
        var texts = svg.Descendants(Svg + "text").Select(text => text.Value.Replace('\u00a0', ' ')).ToList();
        Assert.That(texts, Is.SupersetOf(new[] { "List<\"script\">", "a\\N␊\"]; b [label=\"", "(&lt;b&gt;)" }));
        Assert.That(svg.Descendants(Svg + "g").Count(g => (string?)g.Attribute("class") == "node"), Is.EqualTo(4));
        Assert.That(svg.Descendants(Svg + "script"), Is.Empty);
    }

    [Test]
    public void Its_layout_draws_the_same_nodes_in_the_same_styles()
    {
        NeedDot();
        var picture = Drawings.Picture(Drawings.Pipeline, Drawings.Optimized);
        var ours = Classes(picture.ToSvg());
        var theirs = Classes(picture.ToSvg(new() { Layout = PictureLayout.Graphviz }));
        Assert.That(theirs, Is.EqualTo(ours));

        static List<string> Classes(string svg) =>
            [
                .. XDocument
                    .Parse(svg)
                    .Descendants(Svg + "g")
                    .Select(g => (string?)g.Attribute("class") ?? "")
                    .Where(kind => kind.StartsWith("node ", StringComparison.Ordinal)),
            ];
    }

    [Test]
    public void Its_layout_can_be_stopped()
    {
        NeedDot();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            Drawings
                .Picture(Drawings.Pipeline)
                .ToSvg(new() { Layout = PictureLayout.Graphviz, Cancellation = stop.Token })
        );
    }

    [Test]
    [NonParallelizable] // it changes where this process finds programs
    public void A_machine_without_it_says_so()
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        var empty = Directory.CreateTempSubdirectory("mlir-no-dot").FullName;
        try
        {
            Environment.SetEnvironmentVariable("PATH", empty);
            var error = Assert.Throws<PictureException>(() =>
                Drawings.Picture(Drawings.Pipeline).ToSvg(new() { Layout = PictureLayout.Graphviz })
            );
            Assert.That(error!.Message, Does.StartWith("Graphviz's 'dot' is not installed"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
            Directory.Delete(empty);
        }
    }
}
