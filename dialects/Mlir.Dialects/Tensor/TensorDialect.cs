namespace Mlir.Dialects.Tensor;

/// <summary>Operations on tensors as values: making, slicing and reshaping them.</summary>
[Dialect("tensor")]
public sealed partial class TensorDialect : Dialect
{
    /// <inheritdoc/>
    public override Operation? MaterializeConstant(IrAttribute value, IrType type, Location location) =>
        value is TypedAttr typed && typed.Type == type ? new Arith.ConstantOp(location, typed) : null;
}
