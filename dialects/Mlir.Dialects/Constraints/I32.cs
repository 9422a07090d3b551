namespace Mlir.Dialects;

/// <summary><c>i32</c>.</summary>
public sealed class I32 : ISingleTypeConstraint
{
    private I32() { }

    /// <inheritdoc/>
    public static string Description => "32-bit signless integer";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is IntegerType { Width: 32, Signedness: Signedness.Signless };

    /// <inheritdoc/>
    public static IrType Type => IntegerType.I32;
}
