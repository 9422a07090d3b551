namespace Mlir.Runtime;

/// <summary>What a kernel takes or returns in one place: a scalar, or a dense row-major array.</summary>
/// <param name="ElementType">The scalar's type, or that of the array's elements.</param>
/// <param name="Rank">The array's rank; <see langword="null"/> for a scalar.</param>
public readonly record struct KernelParameter(ElementType ElementType, int? Rank = null)
{
    /// <summary>Whether this is a scalar.</summary>
    public bool IsScalar => Rank is null;

    /// <summary>The 8-byte slots it takes in a packed call: one for a scalar, pointer and sizes for an array.</summary>
    public int SlotCount => 1 + (Rank ?? 0);

    /// <summary>For example <c>Float64</c>, or <c>?x?xFloat64</c>.</summary>
    public override string ToString() => string.Concat(Enumerable.Repeat("?x", Rank ?? 0)) + ElementType;
}
