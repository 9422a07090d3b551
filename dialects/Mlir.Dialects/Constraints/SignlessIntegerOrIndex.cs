namespace Mlir.Dialects;

/// <summary>A signless integer of any width, or <c>index</c>.</summary>
public sealed class SignlessIntegerOrIndex : ITypeConstraint
{
    private SignlessIntegerOrIndex() { }

    /// <inheritdoc/>
    public static string Description => "signless integer or index";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) =>
        type is IndexType or IntegerType { Signedness: Signedness.Signless };
}
