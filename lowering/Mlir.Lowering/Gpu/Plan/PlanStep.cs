using System.Collections.Immutable;

namespace Mlir.Lowering.Gpu;

/// <summary>One thing that the host does. Steps that touch memory of the device are in order on one stream.</summary>
public abstract record PlanStep;

/// <summary>Puts a number into a slot.</summary>
/// <param name="Target">The slot.</param>
/// <param name="Value">The number.</param>
public sealed record ConstantStep(int Target, long Value) : PlanStep;

/// <summary>Computes a number from others.</summary>
/// <param name="Target">The slot that takes it.</param>
/// <param name="Operation">How.</param>
/// <param name="First">The first operand.</param>
/// <param name="Second">The second operand; for <see cref="PlanOperation.Select"/> the value where the first is not zero.</param>
/// <param name="Third">The value for <see cref="PlanOperation.Select"/> where the first is zero; otherwise unused.</param>
public sealed record ComputeStep(int Target, PlanOperation Operation, int First, int Second, int Third = 0) : PlanStep;

/// <summary>Allocates memory of the device for a buffer. A buffer of no bytes may have any address.</summary>
/// <param name="Buffer">The buffer.</param>
/// <param name="Elements">The slot with the number of elements.</param>
/// <param name="ElementSize">The bytes of an element.</param>
/// <param name="Result">Which result the buffer becomes, whose memory the caller may provide; -1 for a temporary.</param>
public sealed record AllocateStep(int Buffer, int Elements, int ElementSize, int Result) : PlanStep;

/// <summary>Gives a buffer's memory back, once the steps before have run.</summary>
/// <param name="Buffer">The buffer.</param>
public sealed record FreeStep(int Buffer) : PlanStep;

/// <summary>Launches a kernel, unless the grid has no blocks. A kernel that can fail gets the status word as one more argument.</summary>
/// <param name="Kernel">Its number in <see cref="GpuProgram.Kernels"/>.</param>
/// <param name="Blocks">The slot with the number of blocks; all are along x.</param>
/// <param name="Arguments">Buffers and slots, in the order of the kernel's parameters.</param>
public sealed record LaunchStep(int Kernel, int Blocks, ImmutableArray<PlanArgument> Arguments) : PlanStep;

/// <summary>Copies one element from the device into a slot, as raw bits extended by zeros, and waits for it.</summary>
/// <param name="Target">The slot.</param>
/// <param name="Buffer">The buffer.</param>
/// <param name="Position">The slot with the element's number.</param>
/// <param name="ElementSize">The bytes of the element.</param>
public sealed record ReadStep(int Target, int Buffer, int Position, int ElementSize) : PlanStep;

/// <summary>Ends the plan with an error of the module's table if a slot is zero.</summary>
/// <param name="Condition">The slot.</param>
/// <param name="Error">The entry of the error table.</param>
public sealed record AssertStep(int Condition, int Error) : PlanStep;

/// <summary>Goes on at another step.</summary>
/// <param name="Step">The step's number.</param>
public sealed record JumpStep(int Step) : PlanStep;

/// <summary>Goes on at another step if a slot is zero, and at the next one otherwise.</summary>
/// <param name="Condition">The slot.</param>
/// <param name="Step">The step's number.</param>
public sealed record BranchStep(int Condition, int Step) : PlanStep;

/// <summary>An argument of a launch: the address of a buffer, or the low bytes of a slot.</summary>
/// <param name="IsBuffer">Whether <paramref name="Number"/> names a buffer.</param>
/// <param name="Number">The buffer or the slot.</param>
public readonly record struct PlanArgument(bool IsBuffer, int Number);
