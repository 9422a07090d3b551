namespace Mlir.Dialects;

/// <summary><c>index</c>.</summary>
public sealed class Index : ITypeConstraint
{
    private Index() { }

    /// <inheritdoc/>
    public static string Description => "index";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is IndexType;
}
