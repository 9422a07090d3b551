namespace Mlir.Dialects;

/// <summary><c>i1</c>, or a vector or tensor of it.</summary>
public sealed class BoolLike : ITypeConstraint
{
    private BoolLike() { }

    /// <inheritdoc/>
    public static string Description => "bool-like";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) =>
        TypeFacts.ScalarOf(type) is IntegerType { Width: 1, Signedness: Signedness.Signless };
}
