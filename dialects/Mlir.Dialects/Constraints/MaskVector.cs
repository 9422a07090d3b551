namespace Mlir.Dialects;

/// <summary>A vector of truth values.</summary>
public sealed class MaskVector : ITypeConstraint
{
    private MaskVector() { }

    /// <inheritdoc/>
    public static string Description => "vector of 1-bit signless integer values";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is VectorType { ElementType: IntegerType { Width: 1 } };
}
