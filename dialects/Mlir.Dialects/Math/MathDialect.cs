using Mlir.Dialects.Arith;

namespace Mlir.Dialects.Math;

/// <summary>Elementary functions and other mathematics on scalars, vectors and tensors.</summary>
[Dialect("math")]
public sealed partial class MathDialect : Dialect
{
    /// <inheritdoc/>
    public override Operation? MaterializeConstant(IrAttribute value, IrType type, Location location) =>
        value is TypedAttr typed && typed.Type == type ? new ConstantOp(location, typed) : null;
}
