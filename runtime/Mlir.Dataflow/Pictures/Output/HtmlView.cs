namespace Mlir.Dataflow.Pictures;

/// <summary>A picture of a page.</summary>
/// <param name="Name">What its elements are named by: <c>before</c> or <c>after</c>.</param>
/// <param name="Title">What the reader calls it.</param>
/// <param name="Tasks">The number of its tasks.</param>
/// <param name="Picture">The picture; null where there would be too much of it.</param>
/// <param name="Refusal">Why there is no picture; empty where there is one.</param>
internal sealed record HtmlView(string Name, string Title, int Tasks, PlacedDrawing? Picture, string Refusal);
