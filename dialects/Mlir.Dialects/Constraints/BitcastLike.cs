namespace Mlir.Dialects;

/// <summary>A signless integer or a float, or a vector, tensor or memref of them.</summary>
public sealed class BitcastLike : ITypeConstraint
{
    private BitcastLike() { }

    /// <inheritdoc/>
    public static string Description => "signless-integer-or-float-like or memref of signless-integer or float";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) =>
        (type is MemRefType m ? m.ElementType : TypeFacts.ScalarOf(type))
            is FloatType
                or IndexType
                or IntegerType { Signedness: Signedness.Signless };
}
