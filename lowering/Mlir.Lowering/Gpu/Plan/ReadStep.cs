namespace Mlir.Lowering.Gpu;

/// <summary>Copies one element from the device into a slot, as raw bits extended by zeros, and waits for it.</summary>
/// <param name="Target">The slot.</param>
/// <param name="Buffer">The buffer.</param>
/// <param name="Position">The slot with the element's number.</param>
/// <param name="ElementSize">The bytes of the element.</param>
public sealed record ReadStep(int Target, int Buffer, int Position, int ElementSize) : PlanStep;
