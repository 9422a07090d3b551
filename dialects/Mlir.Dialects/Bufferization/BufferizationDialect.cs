namespace Mlir.Dialects.Bufferization;

/// <summary>The border between tensors as values and arrays in memory.</summary>
[Dialect("bufferization")]
public sealed partial class BufferizationDialect : Dialect;
