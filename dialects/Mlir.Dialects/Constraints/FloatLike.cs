namespace Mlir.Dialects;

/// <summary>A float, or a vector or tensor of them.</summary>
public sealed class FloatLike : ITypeConstraint
{
    private FloatLike() { }

    /// <inheritdoc/>
    public static string Description => "floating-point-like";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => TypeFacts.ScalarOf(type) is FloatType;
}
