namespace Mlir.Dialects;

/// <summary>A reference to an array, ranked or not.</summary>
public sealed class AnyMemRef : ITypeConstraint
{
    private AnyMemRef() { }

    /// <inheritdoc/>
    public static string Description => "ranked or unranked memref of any type values";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is MemRefType or UnrankedMemRefType;
}
