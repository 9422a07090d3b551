using System.Collections.Immutable;

namespace Mlir.Lowering.Gpu;

/// <summary>What a caller passes: an array, dense and in row-major order, or a scalar.</summary>
/// <param name="Buffer">The buffer that an array becomes; -1 for a scalar.</param>
/// <param name="ElementSize">The bytes of an element, or of the scalar.</param>
/// <param name="Slots">The slots that take an array's sizes, or the scalar's bits, extended by zeros.</param>
public sealed record PlanParameter(int Buffer, int ElementSize, ImmutableArray<int> Slots)
{
    /// <summary>Whether it is an array.</summary>
    public bool IsArray => Buffer >= 0;
}
