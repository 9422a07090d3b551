namespace Mlir.Lowering;

/// <summary>An array that exists between loops.</summary>
/// <param name="Name">What the loops call it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Reason">Why it was not fused away.</param>
public sealed record ExplainedTemporary(string Name, SizeFormula Bytes, string Reason);
