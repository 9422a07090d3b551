namespace Mlir.Dialects;

/// <summary>Any type.</summary>
public sealed class AnyType : ITypeConstraint
{
    private AnyType() { }

    /// <inheritdoc/>
    public static string Description => "any type";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => true;
}
