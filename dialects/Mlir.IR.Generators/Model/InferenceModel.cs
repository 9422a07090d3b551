namespace Mlir.IR.Generators;

/// <summary>A method that infers a type, and what it is called with.</summary>
internal sealed record InferenceModel(string Method, Items<InferenceArgument> Arguments);

/// <summary>An argument of an inference: a part of the operation, as its type or as itself.</summary>
/// <param name="Part">The property.</param>
/// <param name="AsType">Whether the method takes the part's type.</param>
internal sealed record InferenceArgument(string Part, bool AsType);
