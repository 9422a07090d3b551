namespace Mlir.Dialects;

/// <summary>A signless integer or <c>index</c>, or a vector, tensor or memref of them.</summary>
public sealed class IndexCastLike : ITypeConstraint
{
    private IndexCastLike() { }

    /// <inheritdoc/>
    public static string Description => "signless-integer-like or memref of signless-integer";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) =>
        (type is MemRefType m ? m.ElementType : TypeFacts.ScalarOf(type))
            is IndexType
                or IntegerType { Signedness: Signedness.Signless };
}
