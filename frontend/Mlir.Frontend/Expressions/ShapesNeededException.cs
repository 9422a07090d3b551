namespace Mlir.Frontend.Expressions;

/// <summary>Ends an import that took tensors as rows of elements, because the lambda asks for what lies in their shapes.</summary>
internal sealed class ShapesNeededException() : Exception("the lambda needs the shapes of its arguments");
