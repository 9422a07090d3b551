namespace Mlir.Lowering.Gpu;

/// <summary>Puts a number into a slot.</summary>
/// <param name="Target">The slot.</param>
/// <param name="Value">The number.</param>
public sealed record ConstantStep(int Target, long Value) : PlanStep;
