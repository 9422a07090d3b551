using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>LLVM IR as operations and types of the IR, one to one: the last level before LLVM itself.</summary>
[Dialect("llvm")]
public sealed partial class LlvmDialect : Dialect
{
    /// <inheritdoc/>
    public override IrType? ParseType(AsmParser parser, string name) => LlvmTypeParser.Parse(parser, name);

    /// <inheritdoc/>
    public override IrAttribute? ParseAttribute(AsmParser parser, string name) =>
        name switch
        {
            "fastmath" => ParseCase<FastmathFlags>(parser),
            "overflow" => ParseCase<IntegerOverflowFlags>(parser),
            "linkage" => ParseCase<Linkage>(parser),
            "cconv" => ParseCase<CConv>(parser),
            "tailcallkind" => ParseCase<TailCallKind>(parser),
            _ => null,
        };

    /// <inheritdoc/>
    public override Operation? MaterializeConstant(IrAttribute value, IrType type, Location location) =>
        LlvmType.IsCompatible(type) ? new ConstantOp(location, value, type) : null;

    private static EnumAttr<T> ParseCase<T>(AsmParser parser)
        where T : struct, Enum
    {
        parser.Expect("<");
        var value = parser.ParseEnum<T>();
        parser.Expect(">");
        return EnumAttr<T>.Get(value);
    }
}
