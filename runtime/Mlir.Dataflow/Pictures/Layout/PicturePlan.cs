using System.Collections.Immutable;

namespace Mlir.Dataflow.Pictures;

/// <summary>Where everything in a picture stands.</summary>
/// <param name="Width">The picture's width.</param>
/// <param name="Height">The picture's height.</param>
/// <param name="Centers">The middle of each node.</param>
/// <param name="Strokes">The lines.</param>
internal sealed record PicturePlan(
    double Width,
    double Height,
    ImmutableArray<PicturePoint> Centers,
    ImmutableArray<PictureStroke> Strokes
);
