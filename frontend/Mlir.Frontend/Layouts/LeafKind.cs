namespace Mlir.Frontend.Layouts;

/// <summary>How a kernel takes or returns one leaf of a C# value.</summary>
public enum LeafKind
{
    /// <summary>By value: a number, <c>bool</c>, <c>char</c> or an enumeration.</summary>
    Scalar,

    /// <summary>A <c>Tensor&lt;T&gt;</c>, whose rank its type does not say.</summary>
    Tensor,

    /// <summary>An array <c>T[]</c>, <c>T[,]</c> and so on.</summary>
    Array,

    /// <summary>A <c>string</c>: its UTF-16 code units.</summary>
    String,
}
