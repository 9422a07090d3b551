using Mlir.Dialects.Flow;
using Mlir.IR;

namespace Mlir.Tests.Lowering;

/// <summary>A random graph of all kinds of nodes: tasks and translations of two compilers and of none, foreign functions, tuples in tuples, equal calls, and values that nobody wants.</summary>
internal sealed class RandomFlow
{
    private static readonly DataType Number = DataType.Get("double");
    private static readonly DataType Pair = DataType.Get("(double, double)");
    private static readonly DataType Nested = DataType.Get("((double, double), double)");
    private static readonly string?[] Compilers = ["cpu", "cpu", "cpu", "gpu", null];

    private readonly Random _random;
    private readonly GraphOp _graph = GraphOp.Create(new FileLineColLoc("random.cs", 1, 1), "random");
    private readonly Dictionary<DataType, List<Value>> _values = new()
    {
        [Number] = [],
        [Pair] = [],
        [Nested] = [],
    };

    private RandomFlow(int seed) => _random = new Random(seed);

    /// <summary>The graph, which has no terminator yet, and what is wanted of it.</summary>
    public static (GraphOp Graph, IReadOnlyList<Value> Wanted) Make(int seed) => new RandomFlow(seed).Build();

    private (GraphOp Graph, IReadOnlyList<Value> Wanted) Build()
    {
        Add(new InputOp(Here(), "x", Number));
        for (var count = _random.Next(1, 40); count > 0; count--)
        {
            Step();
        }

        var all = _graph.Body.Operations.Select(o => (Value)o.Result0).ToList();
        return (_graph, [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => all[Near(all.Count)])]);
    }

    private void Step()
    {
        switch (_random.Next(16))
        {
            case 0:
                Add(new InputOp(Here(), "xyz"[_random.Next(3)].ToString(), Number));
                break;
            case 1:
                Add(new LiteralOp(Here(), FloatAttr.Get(FloatType.F64, _random.Next(2)), Number));
                break;
            case 2:
                Add(new RunOp(Here(), Operands(_random.Next(3)), $"run{_graph.Body.Operations.Count()}", Number));
                break;
            case 3:
                Add(new TranslateOp(Here(), Operands(1)[0], $"T.To{_random.Next(2)}", Number, Compiler()));
                break;
            case 4:
                Task(Pair, Operands(_random.Next(1, 3)));
                break;
            case 5 when _values[Pair].Count > 0:
                Task(Nested, [Pick(Pair), .. Operands(1)]);
                break;
            case 6 or 7 when _values[Pair].Count > 0:
                Add(new ElementOp(Here(), Pick(Pair), _random.Next(2), Number));
                break;
            case 8 when _values[Nested].Count > 0:
                var index = _random.Next(2);
                Add(new ElementOp(Here(), Pick(Nested), index, index == 0 ? Pair : Number));
                break;
            default:
                Task(Number, Operands(_random.Next(8) == 0 ? 0 : _random.Next(1, 4)));
                break;
        }
    }

    private void Task(DataType type, Value[] operands) =>
        Add(new TaskOp(Here(), operands, "some.algorithm", $"P.F{operands.Length}{_random.Next(2)}", type, Compiler()));

    private string? Compiler() => Compilers[_random.Next(Compilers.Length)];

    private Value[] Operands(int count) => [.. Enumerable.Range(0, count).Select(_ => Pick(Number))];

    private Value Pick(DataType type) => _values[type][Near(_values[type].Count)];

    /// <summary>One of <paramref name="count"/>, mostly one of the last, so that graphs get deep.</summary>
    private int Near(int count) =>
        count - 1 - (_random.Next(4) == 0 ? _random.Next(count) : _random.Next(Math.Min(count, 3)));

    private FileLineColLoc Here() => new("random.cs", _random.Next(100), 1);

    private void Add(Operation op)
    {
        _graph.Body.Insert(op);
        _values[(DataType)op.Result0.Type].Add(op.Result0);
    }
}
