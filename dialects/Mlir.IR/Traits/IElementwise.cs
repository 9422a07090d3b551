namespace Mlir.IR;

/// <summary>An operation that on vectors and tensors works element by element, with a scalar form of the same name.</summary>
public interface IElementwise;
