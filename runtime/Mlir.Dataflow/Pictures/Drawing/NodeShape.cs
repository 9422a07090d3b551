namespace Mlir.Dataflow.Pictures;

/// <summary>The outline of a node: large enough for its label.</summary>
/// <param name="Style">Which outline.</param>
/// <param name="Width">Its whole width.</param>
/// <param name="Height">Its whole height.</param>
internal readonly record struct NodeShape(NodeStyle Style, double Width, double Height)
{
    /// <summary>How far the outer one of two octagons stands off the inner one.</summary>
    public const double Ring = 4;

    // How far a parallelogram's upper edge is moved against its lower one.
    private const double Skew = 12;

    // What an octagon's corner takes of each side, at most.
    private const double Corner = 11;

    /// <summary>The outline for a node.</summary>
    public static NodeShape Of(PictureNode node)
    {
        var (width, height) = (0.0, node.Lines.Length * LabelText.LineHeight);
        foreach (var line in node.Lines)
        {
            width = Math.Max(width, LabelText.Measure(line));
        }

        (width, height) = node.Style switch
        {
            NodeStyle.Algorithm or NodeStyle.Compilable => (width + 26, height + 14),
            NodeStyle.Fused => (width + 26 + (2 * Ring), height + 14 + (2 * Ring)),
            NodeStyle.Translation => ((width * 1.2) + 24, (height * 1.6) + 14),
            NodeStyle.Data => (width + (2 * Skew) + 10, height + 12),
            _ => Circle(Math.Max(Math.Sqrt((width * width) + (height * height)) + 10, 30)),
        };
        return new NodeShape(node.Style, Math.Ceiling(width), Math.Ceiling(height));

        static (double, double) Circle(double diameter) => (diameter, diameter);
    }

    /// <summary>The corners of an outline with straight sides, around a center; smaller by <paramref name="inset"/> on each side.</summary>
    public PicturePoint[] Corners(PicturePoint center, double inset = 0)
    {
        var (left, right) = (center.X - (Width / 2) + inset, center.X + (Width / 2) - inset);
        var (top, bottom) = (center.Y - (Height / 2) + inset, center.Y + (Height / 2) - inset);
        if (Style == NodeStyle.Data)
        {
            return [new(left + Skew, top), new(right, top), new(right - Skew, bottom), new(left, bottom)];
        }

        // The inner octagon is parallel to the outer one.
        var cut = Math.Min(Corner, Height / 3) - (inset * 0.586);
        return
        [
            new(left + cut, top),
            new(right - cut, top),
            new(right, top + cut),
            new(right, bottom - cut),
            new(right - cut, bottom),
            new(left + cut, bottom),
            new(left, bottom - cut),
            new(left, top + cut),
        ];
    }

    /// <summary>How far from the middle arrows may meet the upper side.</summary>
    public double Reach =>
        Style switch
        {
            NodeStyle.Data => Math.Max((Width / 2) - Skew - 4, 0),
            NodeStyle.Translation or NodeStyle.Other => Width * 0.3,
            _ => (Width / 2) - Corner - 4,
        };

    /// <summary>How far above the middle the upper side is, <paramref name="offset"/> beside the middle and within <see cref="Reach"/>.</summary>
    public double Top(double offset) =>
        Style is NodeStyle.Translation or NodeStyle.Other
            ? Height / 2 * Math.Sqrt(Math.Max(1 - (4 * offset * offset / (Width * Width)), 0))
            : Height / 2;
}
