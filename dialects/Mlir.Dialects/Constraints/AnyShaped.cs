namespace Mlir.Dialects;

/// <summary>A tensor or a reference to an array, of known rank.</summary>
public sealed class AnyShaped : ITypeConstraint
{
    private AnyShaped() { }

    /// <inheritdoc/>
    public static string Description => "ranked tensor or memref of any type values";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is RankedTensorType or MemRefType;
}
