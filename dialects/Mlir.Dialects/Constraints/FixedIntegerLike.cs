namespace Mlir.Dialects;

/// <summary>A signless integer of a fixed width (not <c>index</c>), or a vector or tensor of them.</summary>
public sealed class FixedIntegerLike : ITypeConstraint
{
    private FixedIntegerLike() { }

    /// <inheritdoc/>
    public static string Description => "signless-fixed-width-integer-like";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) =>
        TypeFacts.ScalarOf(type) is IntegerType { Signedness: Signedness.Signless };
}
