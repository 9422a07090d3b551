namespace Mlir.Dataflow.Pictures;

/// <summary>A place in a picture, in pixels from its upper left corner.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Downwards.</param>
internal readonly record struct PicturePoint(double X, double Y);
