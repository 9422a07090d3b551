namespace Mlir.Lowering;

/// <summary>An array that a loop reads or writes.</summary>
/// <param name="Name">The parameter's name, <c>result</c>, or the name of a temporary.</param>
/// <param name="Bytes">How many of its bytes pass between memory and the processor, each counted once.</param>
/// <param name="Parts">In how many ways it is read: more than one for the shifted slices of a stencil.</param>
public sealed record ExplainedArray(string Name, SizeFormula Bytes, int Parts = 1);
