namespace Mlir.IR;

/// <summary>An operation that has just the effects of the operations inside its regions.</summary>
public interface IRecursiveEffects;
