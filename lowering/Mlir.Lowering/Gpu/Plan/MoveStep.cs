namespace Mlir.Lowering.Gpu;

/// <summary>Makes a buffer the memory that another one is: an array goes on to the next iteration of a loop, or out of a condition.</summary>
/// <param name="Target">The buffer that takes the memory.</param>
/// <param name="Source">The buffer whose memory it is.</param>
public sealed record MoveStep(int Target, int Source) : PlanStep;
