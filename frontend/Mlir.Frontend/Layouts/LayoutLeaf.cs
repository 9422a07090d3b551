using System.Collections.Immutable;
using System.Reflection;

namespace Mlir.Frontend.Layouts;

/// <summary>One scalar, tensor, array or string in a C# value.</summary>
/// <param name="Path">Where it lies in the value, as <c>Start.X</c> or <c>Item1</c>; empty when it is the whole value.</param>
/// <param name="ClrType">Its C# type: that of the member, so an enumeration stays one.</param>
/// <param name="Kind">How kernels take it.</param>
/// <param name="Element">The scalar type, or that of the elements; <c>char</c> for a string.</param>
/// <param name="Rank">0 for a scalar, 1 for a string, an array's rank; −1 for a tensor, whose type leaves it open.</param>
/// <param name="Fields">The fields that lead to it, outermost first.</param>
public sealed record LayoutLeaf(
    string Path,
    Type ClrType,
    LeafKind Kind,
    ScalarType Element,
    int Rank,
    ImmutableArray<FieldInfo> Fields
)
{
    /// <summary>The leaf's name in a parameter or variable called <paramref name="root"/>, as <c>p.Start.X</c>.</summary>
    public string NameIn(string? root) =>
        Path.Length == 0 ? root ?? "_"
        : string.IsNullOrEmpty(root) ? Path
        : $"{root}.{Path}";
}
