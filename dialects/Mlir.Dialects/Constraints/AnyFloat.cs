namespace Mlir.Dialects;

/// <summary>A float of any format.</summary>
public sealed class AnyFloat : ITypeConstraint
{
    private AnyFloat() { }

    /// <inheritdoc/>
    public static string Description => "floating-point";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is FloatType;
}
