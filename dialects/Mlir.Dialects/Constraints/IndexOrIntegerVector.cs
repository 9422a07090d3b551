namespace Mlir.Dialects;

/// <summary>A vector of integers or of <c>index</c>.</summary>
public sealed class IndexOrIntegerVector : ITypeConstraint
{
    private IndexOrIntegerVector() { }

    /// <inheritdoc/>
    public static string Description => "vector of integer or index values";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is VectorType { ElementType: IntegerType or IndexType };
}
