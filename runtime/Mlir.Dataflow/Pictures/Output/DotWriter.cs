using System.Globalization;
using System.Text;

namespace Mlir.Dataflow.Pictures;

/// <summary>Writes a drawing in Graphviz's language.</summary>
internal static class DotWriter
{
    /// <summary>The drawing as DOT text.</summary>
    public static string Write(PictureDrawing drawing)
    {
        var text = new StringBuilder();
        text.Append("digraph ").Append(Quote(drawing.Name)).Append(" {\n");
        text.Append("  node [fontname=\"Helvetica,Arial,sans-serif\", fontsize=11];\n");
        for (var i = 0; i < drawing.Nodes.Count; i++)
        {
            var node = drawing.Nodes[i];
            text.Append(CultureInfo.InvariantCulture, $"  n{i} [{Shape(node.Style)}, label=");
            text.Append(Quote(string.Join('\n', node.Lines.Select(line => line.Text))));
            text.Append(", tooltip=").Append(Quote(string.Join('\n', node.Details)));
            if (node.IsWanted)
            {
                text.Append(", penwidth=2.0");
            }

            text.Append("];\n");
        }

        foreach (var (from, to) in drawing.Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"  n{from} -> n{to};\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>A text between quotation marks. Graphviz reads escapes with backslashes and, in labels, HTML's entities.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => quoted.Append("\\\\"),
                '"' => quoted.Append("\\\""),
                '&' => quoted.Append("&amp;"),
                '\n' => quoted.Append("\\n"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static string Shape(NodeStyle style) =>
        style switch
        {
            NodeStyle.Algorithm => "shape=octagon",
            NodeStyle.Compilable => "shape=octagon, color=red, penwidth=2.0",
            NodeStyle.Fused => "shape=doubleoctagon, color=red, penwidth=2.0",
            NodeStyle.Translation => "shape=ellipse",
            NodeStyle.Data => "shape=parallelogram",
            _ => "shape=circle",
        };
}
