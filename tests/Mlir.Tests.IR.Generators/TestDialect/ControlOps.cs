namespace Mlir.Tests.IR.Generators.TestDialect;

[Op("t.yield", Format = "attr-dict ($values^ `:` type($values))?")]
public sealed partial class YieldOp : Operation, ITerminator
{
    [Operand<AnyType>]
    public partial OperandList Values { get; }
}

[Op("t.scope", Format = "$body (`else` $otherwise^)? attr-dict")]
public sealed partial class ScopeOp : Operation, ISingleBlock
{
    [Region(MinBlocks = 1, MaxBlocks = 1, ImplicitTerminator = typeof(YieldOp))]
    public partial Region Body { get; }

    [Region(ImplicitTerminator = typeof(YieldOp))]
    public partial Region Otherwise { get; }
}

[Op("t.many", Format = "attr-dict-with-keyword regions")]
public sealed partial class ManyOp : Operation
{
    [Region]
    public partial Region First { get; }

    [Region]
    public partial IReadOnlyList<Region> Others { get; }
}

[Op("t.br", Format = "$dest (`(` $operands^ `:` type($operands) `)`)? attr-dict")]
public sealed partial class BrOp : Operation, IBranch
{
    [Operand<AnyType>]
    public new partial OperandList Operands { get; }

    [Successor]
    public partial Block Dest { get; set; }

    public OperandList GetSuccessorOperands(int index) => Operands;
}

[Op("t.switch", Format = "$flag `,` $otherwise (`[` $cases^ `]`)? attr-dict")]
public sealed partial class SwitchOp : Operation, ITerminator
{
    [Operand<I1>]
    public partial Value Flag { get; }

    [Successor]
    public partial Block Otherwise { get; }

    [Successor]
    public partial IReadOnlyList<Block> Cases { get; }
}

[Op("t.body", Format = "$region attr-dict")]
public sealed partial class BodyOp : Operation
{
    [Region]
    public partial Region Region { get; }
}

[Op(
    "t.custom",
    Format = "custom<Range>($low, $high, type($low), $step, \"by\") (`and` custom<Tail>($tail, type($tail), ref($step))^)? attr-dict"
)]
public sealed partial class CustomOp : Operation
{
    [Operand<AnyType>]
    public partial Value Low { get; }

    [Operand<AnyType>(SameTypeAs = nameof(Low))]
    public partial Value High { get; }

    [Operand<AnyType>]
    public partial OperandList Tail { get; }

    [Attr]
    public partial long? Step { get; }

    private static void ParseRange(
        AsmParser parser,
        OperationState state,
        out UnresolvedOperand low,
        out UnresolvedOperand high,
        out IrType type,
        out long? step,
        string keyword
    )
    {
        low = parser.ParseOperand();
        parser.Expect("to");
        high = parser.ParseOperand();
        parser.Expect(":");
        type = parser.ParseType();
        step = parser.TryConsume(keyword) ? parser.ParseInteger() : null;
    }

    private static void PrintRange(
        AsmPrinter printer,
        CustomOp op,
        Value low,
        Value high,
        IrType type,
        long? step,
        string keyword
    )
    {
        printer.WriteOperand(low);
        printer.Write(" to ");
        printer.WriteOperand(high);
        printer.Write(" : ");
        printer.WriteType(type);
        if (step is { } value)
        {
            printer.Write($" {keyword} {value}");
        }
    }

    private static void ParseTail(
        AsmParser parser,
        OperationState state,
        out List<UnresolvedOperand> tail,
        out List<IrType> types,
        long? step
    )
    {
        tail = parser.ParseOperandList();
        parser.Expect(":");
        types = parser.ParseTypeList();
    }

    private static void PrintTail(
        AsmPrinter printer,
        CustomOp op,
        OperandList tail,
        IEnumerable<IrType> types,
        long? step
    )
    {
        printer.WriteOperands(tail);
        printer.Write(" : ");
        printer.WriteTypes(types);
    }
}

[Op("t.hand")]
public sealed partial class HandOp : Operation
{
    [Attr(Type = "index")]
    public partial long Number { get; }

    public override void Print(AsmPrinter printer) => printer.Write($" *{Number}");

    private static void ParseCustom(AsmParser parser, OperationState state)
    {
        parser.Expect("*");
        state.SetAttribute("number", IntegerAttr.Get(IndexType.Instance, parser.ParseInteger()));
    }
}

[Op("t.loud", Format = "custom<Loud>($loud) attr-dict")]
public sealed partial class LoudOp : Operation
{
    [Attr]
    public partial bool Loud { get; }

    private static void ParseLoud(AsmParser parser, OperationState state, out bool loud) =>
        loud = parser.TryConsume("*");

    private static void PrintLoud(AsmPrinter printer, LoudOp op, bool loud) => printer.Write(loud ? "*" : "");
}
