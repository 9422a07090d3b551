using System.Collections.Immutable;

namespace Mlir.Lowering.Gpu;

/// <summary>What a caller gets: an array, dense and in row-major order; a scalar that lies in a buffer; or a scalar that lies in a slot.</summary>
/// <param name="Buffer">The buffer that holds the array or the scalar; -1 where <paramref name="Slots"/> holds the scalar.</param>
/// <param name="ElementSize">The bytes of an element, or of the scalar.</param>
/// <param name="IsArray">Whether it is an array.</param>
/// <param name="Slots">The slots that hold an array's sizes, or the bits of a scalar that lies in a slot.</param>
public sealed record PlanResult(int Buffer, int ElementSize, bool IsArray, ImmutableArray<int> Slots);
