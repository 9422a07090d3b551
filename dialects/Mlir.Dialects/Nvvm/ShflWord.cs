namespace Mlir.Dialects.Nvvm;

/// <summary>What a shuffle can take: 32 bits.</summary>
internal sealed class ShflWord : ITypeConstraint
{
    public static string Description => "i32 or f32";

    public static bool IsSatisfiedBy(IrType type) =>
        type is IntegerType { Width: 32, Signedness: Signedness.Signless } or FloatType { Name: "f32" };
}
