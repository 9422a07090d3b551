namespace Mlir.Lowering.Gpu;

/// <summary>An argument of a launch: the address of a buffer, or the low bytes of a slot.</summary>
/// <param name="IsBuffer">Whether <paramref name="Number"/> names a buffer.</param>
/// <param name="Number">The buffer or the slot.</param>
public readonly record struct PlanArgument(bool IsBuffer, int Number);
