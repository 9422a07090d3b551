using System.Collections.Immutable;

namespace Mlir.Dataflow.Pictures;

/// <summary>A node of a picture.</summary>
/// <param name="Style">How it is drawn.</param>
/// <param name="Kind">What it is, in words, as <c>translation</c>.</param>
/// <param name="Name">Its name in one line: clean, but of any length.</param>
/// <param name="Lines">What stands inside.</param>
/// <param name="Details">All that is known about it, a line each; what a pointer that rests on the node shows.</param>
internal sealed record PictureNode(
    NodeStyle Style,
    string Kind,
    string Name,
    ImmutableArray<LabelLine> Lines,
    ImmutableArray<string> Details
)
{
    /// <summary>What the task took, if the graph was run.</summary>
    public TaskProfile? Profile { get; init; }

    /// <summary>Whether the node is something that is carried out, and not a value.</summary>
    public bool IsTask { get; init; }

    /// <summary>Whether the graph was asked for this value; such a node has a thick outline.</summary>
    public bool IsWanted { get; init; }
}
