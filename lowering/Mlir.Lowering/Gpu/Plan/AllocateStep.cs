namespace Mlir.Lowering.Gpu;

/// <summary>Allocates memory of the device for a buffer. A buffer of no bytes may have any address.</summary>
/// <param name="Buffer">The buffer.</param>
/// <param name="Elements">The slot with the number of elements.</param>
/// <param name="ElementSize">The bytes of an element.</param>
/// <param name="Result">Which result the buffer becomes, whose memory the caller may provide; -1 for a temporary.</param>
public sealed record AllocateStep(int Buffer, int Elements, int ElementSize, int Result) : PlanStep;
