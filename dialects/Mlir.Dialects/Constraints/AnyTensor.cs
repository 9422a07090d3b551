namespace Mlir.Dialects;

/// <summary>A tensor, ranked or not.</summary>
public sealed class AnyTensor : ITypeConstraint
{
    private AnyTensor() { }

    /// <inheritdoc/>
    public static string Description => "tensor of any type values";

    /// <inheritdoc/>
    public static bool IsSatisfiedBy(IrType type) => type is RankedTensorType or UnrankedTensorType;
}
