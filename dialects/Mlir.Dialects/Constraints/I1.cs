namespace Mlir.Dialects;

/// <summary><c>i1</c>.</summary>
public sealed class I1 : ISingleTypeConstraint
{
    private I1() { }

    /// <inheritdoc/>
    public static string Description => "1-bit signless integer";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is IntegerType { Width: 1, Signedness: Signedness.Signless };

    /// <inheritdoc/>
    public static IrType Type => IntegerType.I1;
}
