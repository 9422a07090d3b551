namespace Mlir.Frontend.Expressions;

/// <summary>How a kernel takes an argument or returns a result.</summary>
public enum ArgumentKind
{
    /// <summary>By value.</summary>
    Scalar,

    /// <summary>A <c>Tensor&lt;T&gt;</c>.</summary>
    Tensor,

    /// <summary>A one-dimensional array <c>T[]</c>.</summary>
    Array,
}
