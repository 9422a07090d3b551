using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Mlir.Dataflow.Pictures;

/// <summary>
/// Lets Graphviz's <c>dot</c> decide where everything stands. It is told nothing but sizes: no name from the graph ever reaches it, and the drawing itself
/// stays ours.
/// </summary>
internal static class GraphvizLayout
{
    private const double PixelsPerInch = 96;
    private const double Margin = 16;

    /// <summary>Lays a drawing out.</summary>
    /// <exception cref="PictureException">Graphviz is missing, or gave up.</exception>
    public static PicturePlan Place(
        IReadOnlyList<NodeShape> shapes,
        IReadOnlyList<PictureEdge> edges,
        PictureOptions options
    )
    {
        options.Progress?.Report(new PictureProgress("waiting for dot", 0.1));
        var plan = Read(Run(Describe(shapes, edges), options.Cancellation), shapes.Count);
        options.Progress?.Report(new PictureProgress("waiting for dot", 0.9));
        return plan;
    }

    private static string Describe(IReadOnlyList<NodeShape> shapes, IReadOnlyList<PictureEdge> edges)
    {
        var text = new StringBuilder(
            "digraph {\n  node [fixedsize=true, label=\"\", shape=box];\n  edge [arrowhead=none];\n"
        );
        for (var i = 0; i < shapes.Count; i++)
        {
            var shape = shapes[i].Style switch
            {
                NodeStyle.Algorithm or NodeStyle.Compilable or NodeStyle.Fused => "box", // its octagon has larger corners
                NodeStyle.Translation or NodeStyle.Other => "ellipse",
                _ => "parallelogram",
            };
            var (width, height) = (shapes[i].Width / PixelsPerInch, shapes[i].Height / PixelsPerInch);
            text.Append(
                CultureInfo.InvariantCulture,
                $"  n{i} [shape={shape}, width={width:0.####}, height={height:0.####}];\n"
            );
        }

        foreach (var (from, to) in edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"  n{from} -> n{to};\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Run(string graph, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dot", ["-Tplain"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var dot = new Process { StartInfo = start };
        try
        {
            dot.Start();
        }
        catch (Win32Exception missing)
        {
            throw new PictureException(
                "Graphviz's 'dot' is not installed (Debian: 'apt-get install graphviz'); the layout of this library needs nothing",
                missing
            );
        }

        using var stop = cancellation.Register(() => dot.Kill(entireProcessTree: true));
        var output = dot.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = dot.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            dot.StandardInput.Write(graph);
            dot.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code and its errors say why.
        }

        var text = output.GetAwaiter().GetResult();
        var complaint = errors.GetAwaiter().GetResult();
        dot.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return dot.ExitCode == 0
            ? text
            : throw new PictureException(
                $"Graphviz's 'dot' failed with exit code {dot.ExitCode}: {LabelText.Clean(complaint.Trim())}"
            );
    }

    /// <summary>Reads the format <c>plain</c>: lines of words, lengths in inches, upwards.</summary>
    private static PicturePlan Read(string plain, int count)
    {
        var (width, height) = (0.0, 0.0);
        var centers = new PicturePoint[count];
        var strokes = ImmutableArray.CreateBuilder<PictureStroke>();
        foreach (var line in plain.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words.FirstOrDefault())
            {
                case "graph":
                    (width, height) = (Pixels(words[2]), Pixels(words[3]));
                    break;
                case "node":
                    centers[NodeOf(words[1])] = Point(words[2], words[3]);
                    break;
                case "edge":
                    var points = ImmutableArray.CreateBuilder<PicturePoint>();
                    for (var i = 0; i < int.Parse(words[3], CultureInfo.InvariantCulture); i++)
                    {
                        points.Add(Point(words[4 + (2 * i)], words[5 + (2 * i)]));
                    }

                    strokes.Add(new PictureStroke(NodeOf(words[1]), NodeOf(words[2]), points.DrainToImmutable()));
                    break;
            }
        }

        return new PicturePlan(
            width + (2 * Margin),
            height + (2 * Margin),
            ImmutableArray.Create(centers),
            strokes.DrainToImmutable()
        );

        PicturePoint Point(string x, string y) => new(Margin + Pixels(x), Margin + height - Pixels(y));

        static double Pixels(string inches) => double.Parse(inches, CultureInfo.InvariantCulture) * PixelsPerInch;

        static int NodeOf(string name) => int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture);
    }
}
