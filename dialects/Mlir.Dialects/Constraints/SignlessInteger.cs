namespace Mlir.Dialects;

/// <summary>A signless integer of any width.</summary>
public sealed class SignlessInteger : ITypeConstraint
{
    private SignlessInteger() { }

    /// <inheritdoc/>
    public static string Description => "signless integer";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is IntegerType { Signedness: Signedness.Signless };
}
