namespace Mlir.Dialects.Arith;

/// <summary>Integer and floating-point arithmetic on scalars, vectors and tensors.</summary>
[Dialect("arith")]
public sealed partial class ArithDialect : Dialect
{
    /// <inheritdoc/>
    public override Operation? MaterializeConstant(IrAttribute value, IrType type, Location location) =>
        value is TypedAttr typed
        && typed.Type == type
        && type is not IntegerType { Signedness: not Signedness.Signless }
            ? new ConstantOp(location, typed)
            : null;

    /// <inheritdoc/>
    public override IrAttribute? ParseAttribute(Mlir.IR.Text.AsmParser parser, string name)
    {
        switch (name)
        {
            case "fastmath":
                return Flags<FastMathFlags>();
            case "overflow":
                return Flags<IntegerOverflowFlags>();
            default:
                return null;
        }

        EnumAttr<T> Flags<T>()
            where T : struct, Enum
        {
            parser.Expect("<");
            var flags = parser.ParseEnum<T>();
            parser.Expect(">");
            return EnumAttr<T>.Get(flags);
        }
    }
}
