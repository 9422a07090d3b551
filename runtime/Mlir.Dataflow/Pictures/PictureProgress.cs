namespace Mlir.Dataflow;

/// <summary>How far the drawing of a picture is.</summary>
/// <param name="Step">What is being done, as <c>ordering</c>.</param>
/// <param name="Done">The part of all steps that is done, from 0 to 1.</param>
public readonly record struct PictureProgress(string Step, double Done);
