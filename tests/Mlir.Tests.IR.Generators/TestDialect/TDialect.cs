namespace Mlir.Tests.IR.Generators.TestDialect;

/// <summary>Small operations, one for each thing that a definition can say.</summary>
[Dialect("t")]
public sealed partial class TDialect : Dialect
{
    public override IrAttribute? ParseAttribute(AsmParser parser, string name) =>
        name switch
        {
            "color" => Parse<Color>(parser),
            "mode" => Parse<Modes>(parser),
            _ => null,
        };

    private static EnumAttr<T> Parse<T>(AsmParser parser)
        where T : struct, Enum
    {
        parser.Expect("<");
        var value = EnumAttr<T>.Get(parser.ParseEnum<T>());
        parser.Expect(">");
        return value;
    }
}
