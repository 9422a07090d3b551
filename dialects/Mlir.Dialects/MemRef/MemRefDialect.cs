namespace Mlir.Dialects.MemRef;

/// <summary>Operations on arrays in memory: allocating, reading, writing and viewing them.</summary>
[Dialect("memref")]
public sealed partial class MemRefDialect : Dialect
{
    /// <inheritdoc/>
    public override Operation? MaterializeConstant(IrAttribute value, IrType type, Location location) =>
        value is TypedAttr typed && typed.Type == type ? new Arith.ConstantOp(location, typed) : null;
}
