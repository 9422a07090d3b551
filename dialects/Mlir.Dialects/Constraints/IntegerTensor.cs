namespace Mlir.Dialects;

/// <summary>A tensor of known rank 1 of integers or <c>index</c>: a shape.</summary>
public sealed class IntegerTensor : ITypeConstraint
{
    private IntegerTensor() { }

    /// <inheritdoc/>
    public static string Description => "1D tensor of signless integer or index values";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) =>
        type is RankedTensorType { Rank: 1, ElementType: IntegerType or IndexType };
}
