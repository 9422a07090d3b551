namespace Mlir.Lowering.Gpu;

/// <summary>Ends the plan with an error of the module's table if a slot is zero.</summary>
/// <param name="Condition">The slot.</param>
/// <param name="Error">The entry of the error table.</param>
public sealed record AssertStep(int Condition, int Error) : PlanStep;
