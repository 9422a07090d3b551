namespace Mlir.Dataflow.Pictures;

/// <summary>A line of a node's label.</summary>
/// <param name="Text">The text: clean, and short enough to stand inside a node.</param>
/// <param name="Weight">How much it stands out.</param>
internal readonly record struct LabelLine(string Text, LineWeight Weight);
