namespace Mlir.Lowering.Gpu;

/// <summary>Gives a buffer's memory back, once the steps before have run.</summary>
/// <param name="Buffer">The buffer.</param>
public sealed record FreeStep(int Buffer) : PlanStep;
