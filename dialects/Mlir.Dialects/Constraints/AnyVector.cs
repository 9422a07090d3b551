namespace Mlir.Dialects;

/// <summary>A vector.</summary>
public sealed class AnyVector : ITypeConstraint
{
    private AnyVector() { }

    /// <inheritdoc/>
    public static string Description => "vector of any type values";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is VectorType;
}
