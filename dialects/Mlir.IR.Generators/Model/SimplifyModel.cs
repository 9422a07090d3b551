namespace Mlir.IR.Generators;

/// <summary>A rule: a static method that replaces an operation's result.</summary>
internal sealed record SimplifyModel(string Method, string Op);
