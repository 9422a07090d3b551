namespace Mlir.Lowering.Gpu;

/// <summary>Goes on at another step.</summary>
/// <param name="Step">The step's number.</param>
public sealed record JumpStep(int Step) : PlanStep;
