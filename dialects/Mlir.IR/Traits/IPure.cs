namespace Mlir.IR;

/// <summary>An operation without effects whose execution can be skipped, repeated or moved.</summary>
public interface IPure;
