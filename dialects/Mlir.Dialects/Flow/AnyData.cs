namespace Mlir.Dialects.Flow;

/// <summary>A value of the host language.</summary>
public sealed class AnyData : ITypeConstraint
{
    private AnyData() { }

    /// <inheritdoc/>
    public static string Description => "value of the host language";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is DataType;
}
