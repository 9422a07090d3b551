namespace Mlir.Dialects;

/// <summary>A reference to an array of known rank.</summary>
public sealed class RankedMemRef : ITypeConstraint
{
    private RankedMemRef() { }

    /// <inheritdoc/>
    public static string Description => "memref of any type values";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is MemRefType;
}
