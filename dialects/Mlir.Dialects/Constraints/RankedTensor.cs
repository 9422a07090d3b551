namespace Mlir.Dialects;

/// <summary>A tensor of known rank.</summary>
public sealed class RankedTensor : ITypeConstraint
{
    private RankedTensor() { }

    /// <inheritdoc/>
    public static string Description => "ranked tensor of any type values";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is RankedTensorType;
}
