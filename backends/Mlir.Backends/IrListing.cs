namespace Mlir.Backends;

/// <summary>A module's text at one stage of its compilation.</summary>
/// <param name="Stage">The pass that produced it, or the name of the form, for example <c>llvm ir</c>.</param>
/// <param name="Text">The text.</param>
public sealed record IrListing(string Stage, string Text);
