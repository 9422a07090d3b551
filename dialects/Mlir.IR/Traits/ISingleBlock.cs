namespace Mlir.IR;

/// <summary>An operation each of whose regions has at most one block.</summary>
public interface ISingleBlock;
