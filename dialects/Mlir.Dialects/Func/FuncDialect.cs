namespace Mlir.Dialects.Func;

/// <summary>Functions and calls.</summary>
[Dialect("func")]
public sealed partial class FuncDialect : Dialect
{
    /// <inheritdoc/>
    public override Operation? MaterializeConstant(IrAttribute value, IrType type, Location location) =>
        value is SymbolRefAttr { Path.Count: 1 } symbol && type is FunctionType
            ? new ConstantOp(location, symbol, type)
            : null;
}
