namespace Mlir.Dataflow;

/// <summary>What a picture shows, and how it is drawn.</summary>
public sealed record PictureOptions
{
    /// <summary>The optimized graph with its data, in our own layout.</summary>
    public static PictureOptions Default { get; } = new();

    /// <summary>Whether the graph is shown after optimization or as it was built. A page shows both and begins with this one.</summary>
    public bool Optimized { get; init; } = true;

    /// <summary>Whether each value is a node of its own, with its type, between the tasks. Inputs are always drawn.</summary>
    public bool ShowData { get; init; } = true;

    /// <summary>Who decides where the nodes stand.</summary>
    public PictureLayout Layout { get; init; } = PictureLayout.Layered;

    /// <summary>The most nodes that are laid out; a larger graph is refused. DOT text has no limit.</summary>
    public int MaxNodes { get; init; } = 50_000;

    /// <summary>Is told how far the drawing is.</summary>
    public IProgress<PictureProgress>? Progress { get; init; }

    /// <summary>Stops the drawing.</summary>
    public CancellationToken Cancellation { get; init; }
}
