namespace Mlir.IR;

/// <summary>An operation whose operands and results agree in shape (all scalars, or shaped with one shape).</summary>
public interface ISameShape;
