namespace Mlir.IR;

/// <summary>An operation whose regions use no value defined outside it.</summary>
public interface IIsolatedFromAbove;
