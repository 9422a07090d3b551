namespace Mlir.Dialects;

/// <summary>A signless integer or <c>index</c>, or a vector or tensor of them.</summary>
public sealed class IntegerLike : ITypeConstraint
{
    private IntegerLike() { }

    /// <inheritdoc/>
    public static string Description => "signless-integer-like";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) =>
        TypeFacts.ScalarOf(type) is IndexType or IntegerType { Signedness: Signedness.Signless };
}
