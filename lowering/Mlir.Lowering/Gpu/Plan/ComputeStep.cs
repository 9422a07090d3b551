namespace Mlir.Lowering.Gpu;

/// <summary>Computes a number from others.</summary>
/// <param name="Target">The slot that takes it.</param>
/// <param name="Operation">How.</param>
/// <param name="First">The first operand.</param>
/// <param name="Second">The second operand; for <see cref="PlanOperation.Select"/> the value where the first is not zero.</param>
/// <param name="Third">The value for <see cref="PlanOperation.Select"/> where the first is zero; otherwise unused.</param>
public sealed record ComputeStep(int Target, PlanOperation Operation, int First, int Second, int Third = 0) : PlanStep;
