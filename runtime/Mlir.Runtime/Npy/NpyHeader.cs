using System.Collections.Immutable;

namespace Mlir.Runtime.Npy;

/// <summary>What the header of a <c>.npy</c> file says about the bytes that follow it.</summary>
/// <param name="ElementType">The type of the elements.</param>
/// <param name="Shape">The sizes, outermost first; empty for a single element.</param>
/// <param name="IsFortranOrder">Whether the first index varies fastest.</param>
/// <param name="IsBigEndian">Whether the elements' bytes come most significant first.</param>
/// <param name="MajorVersion">The format's version: 1, 2 or 3.</param>
public sealed record NpyHeader(
    ElementType ElementType,
    ImmutableArray<long> Shape,
    bool IsFortranOrder = false,
    bool IsBigEndian = false,
    int MajorVersion = 1
)
{
    /// <summary>The number of elements.</summary>
    public long Count => Shape.Contains(0) ? 0 : Shape.Aggregate(1L, static (count, size) => checked(count * size));

    /// <summary>The type as NumPy writes it, for example <c>&lt;f8</c>.</summary>
    public string Descriptor =>
        (
            ElementType.Size == 1 ? "|"
            : IsBigEndian ? ">"
            : "<"
        )
        + ElementType switch
        {
            ElementType.Bool => "b",
            ElementType.Float16 or ElementType.Float32 or ElementType.Float64 => "f",
            ElementType.Int8 or ElementType.Int16 or ElementType.Int32 or ElementType.Int64 => "i",
            _ => "u",
        }
        + ElementType.Size;

    /// <summary>The header's text as NumPy writes it: a Python dictionary.</summary>
    public override string ToString()
    {
        var shape = string.Join(", ", Shape) + (Shape.Length == 1 ? "," : "");
        return $"{{'descr': '{Descriptor}', 'fortran_order': {(IsFortranOrder ? "True" : "False")}, 'shape': ({shape}), }}";
    }
}
