using Mlir.Dialects.Arith;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Dialects.Scf;
using Mlir.IR;

namespace Mlir.Tests.IR.Text;

/// <summary>Builds a valid module from a list of numbers, so that shrinking the list shrinks the module.</summary>
internal sealed class RandomModule
{
    private static readonly Location Here = new FileLineColLoc("random.cs", 3, 7);
    private static readonly IrType[] Scalars =
    [
        IntegerType.I32,
        IntegerType.I1,
        FloatType.F32,
        FloatType.F64,
        IndexType.Instance,
    ];
    private static readonly string[] Hints =
    [
        "x",
        "arg0",
        "c0",
        "x_0",
        "4",
        "weird name%",
        "ünï",
        "cst",
        "a.b-c",
        "x_1",
    ];

    private readonly Queue<int> _choices;
    private readonly ModuleOp _module = ModuleOp.Create(Here);

    private RandomModule(IEnumerable<int> choices) => _choices = new Queue<int>(choices);

    public static Operation Build(IEnumerable<int> choices)
    {
        var random = new RandomModule(choices);
        var functions = 0;
        do
        {
            random.AddFunction($"f{functions++}");
        } while (random._choices.Count > 0 && functions < 8);
        return random._module;
    }

    private int Next(int bound) => _choices.TryDequeue(out var choice) ? (int)((uint)choice % (uint)bound) : 0;

    private T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    private Location NextLocation() =>
        Next(6) switch
        {
            0 => Location.Unknown,
            1 => new NameLoc("x \"y\"\n", Here),
            2 => new CallSiteLoc(Here, new FileLineColLoc("b\\c", 1, 0)),
            3 => new FusedLoc([Here, Location.Unknown], StringAttr.Get("m")),
            _ => Here,
        };

    private IrAttribute NextAttribute(int depth = 0) =>
        Next(depth > 2 ? 9 : 12) switch
        {
            0 => IntegerAttr.Get(
                IntegerType.Get(1 + Next(128), (Signedness)Next(3)),
                Int128.MaxValue / (1 + Next(1000)) * (Next(2) == 0 ? 1 : -1)
            ),
            1 => FloatAttr.Get(
                Pick([FloatType.F32, FloatType.F64, FloatType.F16, FloatType.BF16]),
                BitConverter.Int64BitsToDouble(((long)Next(int.MaxValue) << 33) ^ Next(int.MaxValue))
            ),
            2 => StringAttr.Get(Pick(Hints) + (char)Next(300)),
            3 => UnitAttr.Instance,
            4 => SymbolRefAttr.Get("f0", Pick(Hints)),
            5 => AffineMapAttr.Get(
                new AffineMap(
                    2,
                    1,
                    [
                        AffineExpr.Dim(Next(2)) * AffineExpr.Constant(Next(9) - 4)
                            + AffineExpr.Symbol(0)
                            + AffineExpr.Constant(Next(9) - 4),
                    ]
                )
            ),
            6 => DenseElementsAttr.Get(
                RankedTensorType.Get([2, 2], IntegerType.I8),
                [(byte)Next(256), (byte)Next(256), 1, 2]
            ),
            7 => DenseArrayAttr.I64(Next(100), -Next(100)),
            8 => TypeAttr.Get(Pick(Scalars)),
            9 => ArrayAttr.Get(NextAttribute(depth + 1), NextAttribute(depth + 1)),
            10 => DictionaryAttr.Get(
                new NamedAttribute("k", NextAttribute(depth + 1)),
                new NamedAttribute(Pick(Hints), NextAttribute(depth + 1))
            ),
            _ => LocationAttr.Get(NextLocation()),
        };

    private void AddFunction(string name)
    {
        IrType[] inputs = [.. Enumerable.Range(0, Next(4)).Select(_ => Pick(Scalars))];
        var function = new Mlir.Dialects.Func.FuncOp(NextLocation(), name, FunctionType.Get(inputs, []));
        _module.Body.Insert(function);
        var entry = function.AddEntryBlock();
        var values = new List<Value>(entry.Arguments);
        foreach (var argument in entry.Arguments)
        {
            MaybeName(argument);
        }

        Fill(new OpBuilder(entry), values, depth: 0);
        entry.Insert(new ReturnOp(Here, []));
    }

    private void MaybeName(Value value)
    {
        if (Next(3) == 0)
        {
            value.NameHint = Pick(Hints);
        }
    }

    private void Fill(OpBuilder builder, List<Value> values, int depth)
    {
        for (var count = Next(8); count > 0; count--)
        {
            var op = builder.Insert(MakeOp(values, depth));
            if (Next(4) == 0)
            {
                op.SetAttribute("test." + Pick(Hints), NextAttribute());
            }

            foreach (var result in op.Results)
            {
                MaybeName(result);
                values.Add(result);
            }
        }
    }

    private Operation MakeOp(List<Value> values, int depth)
    {
        switch (Next(depth < 4 ? 5 : 3))
        {
            case 1 when values.Find(v => v.Type is IntegerType { Width: > 1 }) is { } integer:
                return new AddIOp(NextLocation(), integer, integer);
            case 2 when values.Find(v => v.Type is FloatType) is { } number:
                return new MulFOp(NextLocation(), number, number);
            case 3 when values.Find(v => v.Type == IntegerType.I1) is { } condition:
                var branch = new IfOp(NextLocation(), condition);
                FillRegion(branch.Regions[0], values, depth);
                return branch;
            case 4:
                var state = new OperationState(UnregisteredOp.DefinitionOf("other.region"), NextLocation());
                state.Operands.AddRange(values.Take(Next(3)));
                for (var i = Next(3); i > 0; i--)
                {
                    state.ResultTypes.Add(Pick(Scalars));
                }

                state.Regions.Add(new Region());
                var op = state.Create();
                if (Next(2) == 0)
                {
                    var block = op.Regions[0].AddBlock(Pick(Scalars));
                    var inner = new List<Value>(values) { block.Arguments[0] };
                    Fill(new OpBuilder(block), inner, depth + 1);
                    block.Insert(new OperationState(UnregisteredOp.DefinitionOf("other.end"), Here).Create());
                }

                return op;
            default:
                var type = Pick(Scalars);
                TypedAttr value = type is FloatType format
                    ? FloatAttr.Get(format, Next(100) / 8.0)
                    : IntegerAttr.Get(type, Next(100));
                return new Mlir.Dialects.Arith.ConstantOp(NextLocation(), value);
        }
    }

    private void FillRegion(Region region, List<Value> values, int depth)
    {
        var block = region.First ?? region.AddBlock();
        Fill(new OpBuilder(block), [.. values], depth + 1);
        block.Insert(new Mlir.Dialects.Scf.YieldOp(Here, []));
    }
}
