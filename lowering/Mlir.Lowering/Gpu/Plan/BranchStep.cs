namespace Mlir.Lowering.Gpu;

/// <summary>Goes on at another step if a slot is zero, and at the next one otherwise.</summary>
/// <param name="Condition">The slot.</param>
/// <param name="Step">The step's number.</param>
public sealed record BranchStep(int Condition, int Step) : PlanStep;
