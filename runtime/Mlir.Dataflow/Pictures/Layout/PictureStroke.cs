using System.Collections.Immutable;

namespace Mlir.Dataflow.Pictures;

/// <summary>A line of a picture: an edge, or a piece that several edges share.</summary>
/// <param name="From">The node where its edges begin.</param>
/// <param name="To">The node where it ends with an arrow head; -1 for a piece that others go on from.</param>
/// <param name="Points">Cubic Bézier curves: the first point, then three for each curve.</param>
internal sealed record PictureStroke(int From, int To, ImmutableArray<PicturePoint> Points);
