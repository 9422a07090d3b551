using Mlir.Dataflow.Pictures;
using Mlir.Dialects.Flow;

namespace Mlir.Dataflow;

/// <summary>
/// A picture of a task graph, before and after optimization. An algorithm is an octagon; one that a compiler compiles alone is red; several that were
/// compiled into one are a red double octagon with their names in order of execution; a translation is an ellipse; data is a parallelogram with its type;
/// anything else (foreign functions, items of tuples, literals) is a circle. Time goes from top to bottom. Between a task and those that take its result
/// stands the result, as data with its type, so that one sees where types change; the values that the graph was asked for have a thick outline. A literal
/// is drawn beside each task that takes it.
/// </summary>
public sealed class GraphPicture
{
    private static readonly Dictionary<string, Func<GraphPicture, PictureOptions?, string>> Formats = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        [".svg"] = (picture, options) => picture.ToSvg(options),
        [".html"] = (picture, options) => picture.ToHtml(options),
        [".htm"] = (picture, options) => picture.ToHtml(options),
        [".dot"] = (picture, options) => picture.ToDot(options),
        [".gv"] = (picture, options) => picture.ToDot(options),
    };

    /// <summary>A picture of a graph.</summary>
    /// <param name="graph">The graph as the user built it.</param>
    /// <param name="optimized">What the optimizer made of it; null where nothing was optimized.</param>
    public GraphPicture(GraphOp graph, GraphOp? optimized = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Graph = graph;
        Optimized = optimized;
    }

    /// <summary>The graph as the user built it.</summary>
    public GraphOp Graph { get; }

    /// <summary>What the optimizer made of it; null where nothing was optimized.</summary>
    public GraphOp? Optimized { get; }

    /// <summary>What each task of one of the graphs took in a run; null where nothing ran.</summary>
    public RunReport? Report { get; init; }

    /// <summary>The picture as text for Graphviz.</summary>
    public string ToDot(PictureOptions? options = null)
    {
        options ??= PictureOptions.Default;
        var graph = options.Optimized ? Optimized ?? Graph : Graph;
        return DotWriter.Write(DrawingBuilder.Build(graph, Report, options.ShowData));
    }

    /// <summary>The picture as SVG.</summary>
    /// <exception cref="PictureException">The graph has too many nodes, or Graphviz is asked for and missing.</exception>
    /// <exception cref="OperationCanceledException">The drawing was stopped.</exception>
    public string ToSvg(PictureOptions? options = null)
    {
        options ??= PictureOptions.Default;
        var graph = options.Optimized ? Optimized ?? Graph : Graph;
        return Refusal(graph, options) is { } refusal
            ? throw new PictureException(refusal)
            : SvgWriter.WriteFile(PlacedDrawing.Of(DrawingBuilder.Build(graph, Report, options.ShowData), options));
    }

    /// <summary>
    /// The picture as a page: with zoom, search, a table of the tasks and, where something was optimized, both graphs. It needs no network and no other file.
    /// </summary>
    /// <exception cref="PictureException">No graph can be drawn: too many nodes, or Graphviz is asked for and missing.</exception>
    /// <exception cref="OperationCanceledException">The drawing was stopped.</exception>
    public string ToHtml(PictureOptions? options = null)
    {
        options ??= PictureOptions.Default;
        var before = View("before", Optimized is null ? "Graph" : "Before", Graph, options);
        var after = Optimized is null ? null : View("after", "After", Optimized, options);
        if (before.Picture is null && after?.Picture is null)
        {
            throw new PictureException((after ?? before).Refusal);
        }

        // A graph that is too large must not hide the one that is not.
        var first = after is { Picture: not null } && (options.Optimized || before.Picture is null) ? after : before;
        return HtmlWriter.Write(LabelText.Clean(Graph.SymName), after is null ? [before] : [before, after], first);
    }

    /// <summary>Writes the picture to a file: <c>.svg</c>, <c>.html</c>, <c>.dot</c> or <c>.gv</c>.</summary>
    /// <exception cref="PictureException">The file has another extension, the graph has too many nodes, or Graphviz is asked for and missing.</exception>
    /// <exception cref="OperationCanceledException">The drawing was stopped; no file is written.</exception>
    public void Save(string path, PictureOptions? options = null)
    {
        CheckPath(path);
        File.WriteAllText(path, Formats[Path.GetExtension(path)](this, options));
    }

    /// <summary>Says whether <see cref="Save"/> can draw such a file, before anything else is done for it.</summary>
    /// <exception cref="PictureException">The file has another extension.</exception>
    public static void CheckPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Formats.ContainsKey(Path.GetExtension(path)))
        {
            throw new PictureException(
                $"'{path}' does not say what to draw: a picture is a file that ends in .svg, .html or .dot"
            );
        }
    }

    private HtmlView View(string name, string title, GraphOp graph, PictureOptions options)
    {
        var tasks = DrawingSize.Of(graph, options.ShowData).Tasks;
        return Refusal(graph, options) is { } refusal
            ? new HtmlView(name, title, tasks, null, refusal)
            : new HtmlView(
                name,
                title,
                tasks,
                PlacedDrawing.Of(DrawingBuilder.Build(graph, Report, options.ShowData), options),
                ""
            );
    }

    private static string? Refusal(GraphOp graph, PictureOptions options) =>
        DrawingSize.Of(graph, options.ShowData).Nodes is var nodes && nodes <= options.MaxNodes
            ? null
            : $"the picture of @{LabelText.Shorten(LabelText.Clean(graph.SymName), 100)} would have {LabelText.Count(nodes)} nodes, "
                + $"more than {LabelText.Count(options.MaxNodes)}: draw the optimized graph, ask for fewer values, or save it as .dot, "
                + "which has no limit";
}
