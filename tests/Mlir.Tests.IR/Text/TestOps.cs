using Mlir.IR;
using Mlir.IR.Text;

namespace Mlir.Tests.IR.Text;

/// <summary>A dialect written by hand, so that the text layer is tested without the generator.</summary>
internal sealed class TestDialect : Dialect
{
    public static readonly DialectRegistry Registry = new(new TestDialect());

    public override string Name => "test";

    public override IReadOnlyList<OpDefinition> Ops =>
        [AddOp.Schema, FuncOp.Schema, LoopOp.Schema, YieldOp.Schema, BranchOp.Schema, ConstantOp.Schema];

    public override OpDefinition? FindOp(string name) => Ops.FirstOrDefault(o => o.Name == name);
}

internal sealed class AddOp : Operation, IPure
{
    public static readonly OpDefinition Schema = new()
    {
        Name = "test.add",
        Create = s => new AddOp(s),
        Parse = ParseCustom,
    };

    private AddOp(OperationState state)
        : base(state) { }

    private static void ParseCustom(AsmParser parser, OperationState state)
    {
        var lhs = parser.ParseOperand();
        parser.Expect(",");
        var rhs = parser.ParseOperand();
        parser.ParseOptionalAttrDict(state);
        parser.Expect(":");
        var type = parser.ParseType();
        parser.Resolve(lhs, type, state);
        parser.Resolve(rhs, type, state);
        state.ResultTypes.Add(type);
    }

    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperands(Operands);
        printer.WriteAttrDict(this);
        printer.Write(" : ");
        printer.WriteType(Result0.Type);
    }
}

internal sealed class ConstantOp : Operation, IPure
{
    public static readonly OpDefinition Schema = new()
    {
        Name = "test.constant",
        AttributeNames = ["value"],
        Create = s => new ConstantOp(s),
        Parse = (parser, state) =>
        {
            parser.ParseOptionalAttrDict(state);
            var value = parser.ParseAttribute<TypedAttr>();
            state.SetAttribute("value", value);
            state.ResultTypes.Add(value.Type);
        },
    };

    private ConstantOp(OperationState state)
        : base(state) { }

    public override void Print(AsmPrinter printer)
    {
        printer.WriteAttrDict(this, "value");
        printer.Write(' ');
        printer.WriteAttribute(GetInherent(0)!);
    }

    public override string? ResultNameHint(int index) =>
        GetInherent(0) is IntegerAttr { Type: IndexType } i ? $"c{i.Value}" : "cst";
}

/// <summary><c>test.func @name(%a: t) -> (t) attributes {…} { … }</c>, isolated from above.</summary>
internal sealed class FuncOp : Operation, IIsolatedFromAbove
{
    public static readonly OpDefinition Schema = new()
    {
        Name = "test.func",
        AttributeNames = ["sym_name", "function_type"],
        Create = s => new FuncOp(s),
        Parse = ParseCustom,
        IsIsolated = true,
    };

    private FuncOp(OperationState state)
        : base(state) { }

    private static void ParseCustom(AsmParser parser, OperationState state)
    {
        var name = parser.ParseSymbolName();
        var arguments = parser.ParseRegionArgumentList("(", ")", allowType: true, allowAttrs: true);
        var results = parser.TryConsume("->") ? parser.ParseArrowTypeList() : [];
        parser.ParseOptionalAttrDictWithKeyword(state);
        state.SetAttribute("sym_name", StringAttr.Get(name));
        state.SetAttribute(
            "function_type",
            TypeAttr.Get(FunctionType.Get([.. arguments.Select(a => a.Type!)], [.. results]))
        );
        state.Regions.Add(parser.ParseRegion(arguments));
    }

    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteSymbolName(((StringAttr)GetInherent(0)!).Value);
        printer.Write('(');
        var first = true;
        foreach (var argument in Regions[0].First?.Arguments ?? [])
        {
            printer.Write(first ? "" : ", ");
            printer.WriteRegionArgument(argument);
            first = false;
        }

        printer.Write(')');
        printer.WriteArrowTypeList(((FunctionType)((TypeAttr)GetInherent(1)!).Value).Results.Span);
        printer.WriteAttrDictWithKeyword(this, "sym_name", "function_type");
        printer.Write(' ');
        printer.WriteRegion(Regions[0], printEntryArguments: false);
    }
}

/// <summary><c>test.loop %i to %n : t { … }</c> with an implicit terminator.</summary>
internal sealed class LoopOp : Operation
{
    public static readonly OpDefinition Schema = new()
    {
        Name = "test.loop",
        Create = s => new LoopOp(s),
        Parse = ParseCustom,
    };

    private LoopOp(OperationState state)
        : base(state) { }

    private static void ParseCustom(AsmParser parser, OperationState state)
    {
        var index = parser.ParseRegionArgument();
        parser.Expect("to");
        var bound = parser.ParseOperand();
        parser.Expect(":");
        index.Type = parser.ParseType();
        parser.Resolve(bound, index.Type, state);
        var region = parser.ParseRegion([index]);
        parser.EnsureTerminator(region, location => new OperationState(YieldOp.Schema, location).Create());
        state.Regions.Add(region);
    }

    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteOperand(Regions[0].First!.Arguments[0]);
        printer.Write(" to ");
        printer.WriteOperands(Operands);
        printer.Write(" : ");
        printer.WriteType(Operands[0].Type);
        printer.Write(' ');
        printer.WriteRegion(Regions[0], printEntryArguments: false, printTerminator: false);
    }
}

internal sealed class YieldOp : Operation, ITerminator
{
    public static readonly OpDefinition Schema = new()
    {
        Name = "test.yield",
        Create = s => new YieldOp(s),
        Parse = (_, _) => { },
    };

    private YieldOp(OperationState state)
        : base(state) { }

    public override void Print(AsmPrinter printer) { }
}

/// <summary><c>test.br ^bb(%a : t)</c>.</summary>
internal sealed class BranchOp : Operation, ITerminator
{
    public static readonly OpDefinition Schema = new()
    {
        Name = "test.br",
        Create = s => new BranchOp(s),
        Parse = (parser, state) =>
        {
            var (block, operands) = parser.ParseSuccessorAndOperands();
            state.Successors.Add(block);
            state.Operands.AddRange(operands);
        },
    };

    private BranchOp(OperationState state)
        : base(state) { }

    public override void Print(AsmPrinter printer)
    {
        printer.Write(' ');
        printer.WriteSuccessor(Successors[0].Target, Operands);
    }
}
