using System.Globalization;
using System.Text;

namespace Mlir.Dataflow.Pictures;

/// <summary>Writes a drawing whose parts have their places as SVG.</summary>
internal sealed class SvgWriter
{
    private readonly PictureDrawing _drawing;
    private readonly PicturePlan _plan;
    private readonly IReadOnlyList<NodeShape> _shapes;
    private readonly string _prefix;
    private readonly StringBuilder _svg = new();

    private SvgWriter(PlacedDrawing picture, string prefix)
    {
        (_drawing, _shapes, _plan) = picture;
        _prefix = prefix;
    }

    /// <summary>A whole file.</summary>
    public static string WriteFile(PlacedDrawing picture)
    {
        var writer = new SvgWriter(picture, "");
        var (width, height) = (Text(picture.Plan.Width), Text(picture.Plan.Height));
        writer._svg.Append(
            $"""<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="Task graph """
        );
        writer
            ._svg.AppendEscaped(picture.Drawing.Name)
            .Append("\">\n<title>Task graph ")
            .AppendEscaped(picture.Drawing.Name);
        writer._svg.Append("</title>\n<style>\n").Append(PageText.Resource("picture.css")).Append("</style>\n");
        writer._svg.Append("<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
        writer.WriteContent();
        return writer._svg.Append("</svg>\n").ToString();
    }

    /// <summary>What stands inside the <c>svg</c> element of a page.</summary>
    /// <param name="picture">The drawing.</param>
    /// <param name="prefix">What the names of its elements begin with, different from those of the page's other drawings.</param>
    public static string WriteContent(PlacedDrawing picture, string prefix)
    {
        var writer = new SvgWriter(picture, prefix);
        writer.WriteContent();
        return writer._svg.ToString();
    }

    /// <summary>A length as it is written: to a tenth of a pixel.</summary>
    public static string Text(double length) => length.ToString("0.#", CultureInfo.InvariantCulture);

    private void WriteContent()
    {
        _svg.Append(
            $"""
            <defs><marker id="{_prefix}head" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 0.8 8 4 0 7.2z"/></marker></defs>

            """
        );
        _svg.Append("<g class=\"edges\">\n");
        foreach (var stroke in _plan.Strokes)
        {
            WriteStroke(stroke);
        }

        _svg.Append("</g>\n<g class=\"nodes\">\n");
        var heat = Heat.Of(_drawing);
        for (var i = 0; i < _drawing.Nodes.Count; i++)
        {
            WriteNode(i, heat.LevelOf(_drawing.Nodes[i]));
        }

        _svg.Append("</g>\n");
    }

    private void WriteStroke(PictureStroke stroke)
    {
        _svg.Append(CultureInfo.InvariantCulture, $"<path class=\"edge\" data-from=\"{stroke.From}\"");
        if (stroke.To >= 0)
        {
            _svg.Append(CultureInfo.InvariantCulture, $" data-to=\"{stroke.To}\" marker-end=\"url(#{_prefix}head)\"");
        }

        _svg.Append(" d=\"M");
        AppendPoint(stroke.Points[0]);
        for (var i = 1; i < stroke.Points.Length; i += 3)
        {
            var (start, first, second, end) = (
                stroke.Points[i - 1],
                stroke.Points[i],
                stroke.Points[i + 1],
                stroke.Points[i + 2]
            );
            var straight =
                (Near(start.X, end.X) && Near(start.X, first.X) && Near(start.X, second.X))
                || (first == start && second == end);
            if (straight && i + 3 < stroke.Points.Length && IsUpright(stroke, i + 3, start.X))
            {
                continue; // the next piece goes on in the same line
            }

            if (straight)
            {
                _svg.Append('L');
            }
            else
            {
                _svg.Append('C');
                AppendPoint(first);
                _svg.Append(' ');
                AppendPoint(second);
                _svg.Append(' ');
            }

            AppendPoint(end);
        }

        _svg.Append("\"/>\n");
    }

    private static bool IsUpright(PictureStroke stroke, int piece, double x) =>
        Near(stroke.Points[piece - 1].X, x)
        && Near(stroke.Points[piece].X, x)
        && Near(stroke.Points[piece + 1].X, x)
        && Near(stroke.Points[piece + 2].X, x);

    private static bool Near(double a, double b) => Math.Abs(a - b) < 0.05;

    private void AppendPoint(PicturePoint point) => _svg.Append(Text(point.X)).Append(' ').Append(Text(point.Y));

    private void WriteNode(int index, int heat)
    {
        var (node, shape, center) = (_drawing.Nodes[index], _shapes[index], _plan.Centers[index]);
        _svg.Append(CultureInfo.InvariantCulture, $"<g id=\"{_prefix}n{index}\" class=\"node ");
        _svg.Append(node.Style.ToString().ToLowerInvariant());
        _svg.Append(node.IsWanted ? " wanted" : "");
        if (heat > 0)
        {
            _svg.Append(CultureInfo.InvariantCulture, $" heat{heat}");
        }

        _svg.Append("\" role=\"img\" aria-label=\"").AppendEscaped(Label(node)).Append("\"><title>");
        _svg.AppendEscaped(string.Join('\n', node.Details)).Append("</title>");
        WriteShape(_svg, shape, center);

        var (x, y) = (center.X, center.Y - ((node.Lines.Length - 1) * LabelText.LineHeight / 2) + 4.5);
        foreach (var line in node.Lines)
        {
            var weight = line.Weight switch
            {
                LineWeight.Strong => " class=\"strong\"",
                LineWeight.Faint => " class=\"faint\"",
                _ => "",
            };
            _svg.Append($"<text{weight} x=\"{Text(x)}\" y=\"{Text(y)}\">").AppendEscaped(line.Text).Append("</text>");
            y += LabelText.LineHeight;
        }

        _svg.Append("</g>\n");
    }

    /// <summary>What a screen reader says: the kind, then what stands inside.</summary>
    private static string Label(PictureNode node) =>
        $"{node.Kind}: {string.Join(", ", node.Lines.Select(line => line.Text))}{(node.IsWanted ? ", wanted" : "")}";

    /// <summary>Appends the outline of a node around a point.</summary>
    public static void WriteShape(StringBuilder svg, NodeShape shape, PicturePoint center)
    {
        switch (shape.Style)
        {
            case NodeStyle.Translation:
                svg.Append($"<ellipse class=\"shape\" cx=\"{Text(center.X)}\" cy=\"{Text(center.Y)}\"");
                svg.Append($" rx=\"{Text(shape.Width / 2)}\" ry=\"{Text(shape.Height / 2)}\"/>");
                break;
            case NodeStyle.Other:
                svg.Append($"<circle class=\"shape\" cx=\"{Text(center.X)}\" cy=\"{Text(center.Y)}\"");
                svg.Append($" r=\"{Text(shape.Width / 2)}\"/>");
                break;
            case NodeStyle.Fused:
                WritePolygon(svg, "shape", shape.Corners(center));
                WritePolygon(svg, "shape ring", shape.Corners(center, NodeShape.Ring));
                break;
            default:
                WritePolygon(svg, "shape", shape.Corners(center));
                break;
        }
    }

    private static void WritePolygon(StringBuilder svg, string kind, PicturePoint[] corners)
    {
        svg.Append($"<polygon class=\"{kind}\" points=\"");
        for (var i = 0; i < corners.Length; i++)
        {
            svg.Append(i == 0 ? "" : " ").Append(Text(corners[i].X)).Append(',').Append(Text(corners[i].Y));
        }

        svg.Append("\"/>");
    }
}
