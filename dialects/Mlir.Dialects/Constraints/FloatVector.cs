namespace Mlir.Dialects;

/// <summary>A vector of floats.</summary>
public sealed class FloatVector : ITypeConstraint
{
    private FloatVector() { }

    /// <inheritdoc/>
    public static string Description => "vector of floating-point values";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is VectorType { ElementType: FloatType };
}
