namespace Mlir.Dialects;

/// <summary><c>index</c>.</summary>
public sealed class Index : ISingleTypeConstraint
{
    private Index() { }

    /// <inheritdoc/>
    public static string Description => "index";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is IndexType;

    /// <inheritdoc/>
    public static IrType Type => IndexType.Instance;
}
