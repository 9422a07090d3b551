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
    public string ToDot(PictureOptions? options = null) => DotWriter.Write(Draw(options ?? PictureOptions.Default));

    /// <summary>The picture as SVG.</summary>
    /// <exception cref="PictureException">The graph has too many nodes, or Graphviz is asked for and missing.</exception>
    /// <exception cref="OperationCanceledException">The drawing was stopped.</exception>
    public string ToSvg(PictureOptions? options = null)
    {
        options ??= PictureOptions.Default;
        var drawing = Draw(options);
        var shapes = drawing.Nodes.Select(NodeShape.Of).ToList();
        return SvgWriter.WriteFile(drawing, Place(drawing, shapes, options), shapes);
    }

    /// <summary>Writes the picture to a file: <c>.svg</c>, or <c>.dot</c> and <c>.gv</c>.</summary>
    /// <exception cref="PictureException">The file has another extension, the graph has too many nodes, or Graphviz is asked for and missing.</exception>
    /// <exception cref="OperationCanceledException">The drawing was stopped.</exception>
    public void Save(string path, PictureOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var text = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".svg" => ToSvg(options),
            ".dot" or ".gv" => ToDot(options),
            _ => throw new PictureException(
                $"'{path}' does not say what to draw: a picture is a file that ends in .svg, .html or .dot"
            ),
        };
        File.WriteAllText(path, text);
    }

    private PictureDrawing Draw(PictureOptions options) =>
        DrawingBuilder.Build(options.Optimized ? Optimized ?? Graph : Graph, Report, options.ShowData);

    private static PicturePlan Place(PictureDrawing drawing, List<NodeShape> shapes, PictureOptions options)
    {
        if (drawing.Nodes.Count > options.MaxNodes)
        {
            throw new PictureException(
                $"the picture of @{drawing.Name} would have {LabelText.Count(drawing.Nodes.Count)} nodes, more than {LabelText.Count(options.MaxNodes)}: "
                    + "draw the optimized graph, ask for fewer values, or save it as .dot, which has no limit"
            );
        }

        return LayeredLayout.Place(shapes, drawing.Edges, options);
    }
}
