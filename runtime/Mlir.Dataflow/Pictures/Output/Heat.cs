namespace Mlir.Dataflow.Pictures;

/// <summary>How warm a node's colour is: by its time beside that of the slowest task.</summary>
/// <param name="slowest">The slowest task's time.</param>
internal sealed class Heat(TimeSpan slowest)
{
    /// <summary>The warmest.</summary>
    public const int Levels = 5;

    /// <summary>The scale of a drawing.</summary>
    public static Heat Of(PictureDrawing drawing) =>
        new(drawing.Nodes.Select(node => node.Profile?.Duration ?? TimeSpan.Zero).DefaultIfEmpty().Max());

    /// <summary>From 1 to <see cref="Levels"/>, in equal parts of the slowest task's time; 0 for a node without a time.</summary>
    public int LevelOf(PictureNode node) =>
        node.Profile is { } profile && slowest > TimeSpan.Zero
            ? Math.Clamp((int)Math.Ceiling(profile.Duration / slowest * Levels), 1, Levels)
            : 0;
}
