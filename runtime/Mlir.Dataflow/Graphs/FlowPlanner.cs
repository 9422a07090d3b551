using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Mlir.Dialects.Flow;
using Mlir.IR;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Dataflow;

/// <summary>Turns a graph of the flow dialect into what a scheduler runs: one task an operation.</summary>
/// <param name="flow">Knows the inputs and the functions by name.</param>
/// <param name="specialize">Whether tasks that are compiled alone are compiled for the literals that they take.</param>
/// <param name="report">Is told of compilers' failures.</param>
internal sealed class FlowPlanner(Flow flow, bool specialize, Action<FlowDiagnostic> report)
{
    // A function that takes more different literals than this is compiled once for all: compiling takes longer than it saves.
    private const int MaxSpecializations = 8;

    private readonly Dictionary<Value, int> _slots = new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableArray<GraphTask>.Builder _tasks = ImmutableArray.CreateBuilder<GraphTask>();
    private readonly ImmutableArray<KeyValuePair<int, object?>>.Builder _inputs = ImmutableArray.CreateBuilder<
        KeyValuePair<int, object?>
    >();

    private readonly Dictionary<Operation, (Func<object?[], object?[]> Run, Func<PortableTask?> Portable)> _compiled =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>The tasks of a graph that ends with the wanted values.</summary>
    public TaskGraph Plan(GraphOp graph)
    {
        Compile([.. graph.Body.Operations.OfType<FusedOp>(), .. specialize ? TasksWithLiterals(graph) : []]);
        for (var op = graph.Body.First; op is not null && op is not YieldOp; op = op.Next)
        {
            Add(op);
        }

        return new TaskGraph(_tasks.ToImmutable(), _slots.Count, _inputs.ToImmutable(), SlotsOf(graph.Yield.Operands));
    }

    private void Add(Operation op)
    {
        switch (op)
        {
            case InputOp input:
                AddValue(input.Value, flow.GetData(input.Name));
                break;
            case LiteralOp literal:
                AddValue(literal.Result, FlowLiteral.Read(literal.Value, TypeOf(literal.Result)));
                break;
            case TaskOp task:
                AddFunction(task, task.Algorithm, task.Compiler is null ? TaskKind.Algorithm : TaskKind.Compilable);
                break;
            case TranslateOp translate:
                AddFunction(translate, translate.Implementation, TaskKind.Translation);
                break;
            case ElementOp element:
                var index = (int)element.Index;
                AddTask(op, $"item {index}", TaskKind.Element, arguments => [((ITuple)arguments[0]!)[index]]);
                break;
            case RunOp run:
                var function = (ForeignFunction)flow.GetData(run.Name)!;
                AddTask(op, run.Name, TaskKind.Foreign, arguments => [function.Invoke(arguments)]);
                break;
            case FusedOp fused:
                AddFused(fused);
                break;
            default:
                throw new ArgumentException($"'{op.Name}' is no task of a graph", nameof(op));
        }
    }

    private void AddFunction<T>(T op, string name, TaskKind kind)
        where T : Operation, IFlowTask
    {
        if (_compiled.TryGetValue(op, out var compiled))
        {
            AddTask(op, name, kind, compiled.Run, compiled.Portable, SlotsOf(op.Operands.Where(o => !IsLiteral(o))));
            return;
        }

        var function = flow.Resolver.GetFunction(op.Implementation);
        if (op.Compiler is null)
        {
            var invoke = function.Invoke;
            AddTask(op, name, kind, arguments => [invoke(arguments)], () => PortableTask.Of(function));
            return;
        }

        var site = SiteOf(op);
        var compilation = flow.Resolver.Compilation;
        AddTask(
            op,
            name,
            kind,
            arguments => [compilation.Invoke(function, arguments, d => report(d with { Site = site }))],
            () => PortableTask.Of(function)
        );
    }

    /// <summary>The tasks that are compiled alone and for their literals.</summary>
    private static IEnumerable<Operation> TasksWithLiterals(GraphOp graph) =>
        graph
            .Body.Operations.Where(o => o is IFlowTask { Compiler: not null } && o.Operands.Any(IsLiteral))
            .GroupBy(o => ((IFlowTask)o).Implementation)
            .Where(g =>
                g.Select(o => string.Join(',', o.Operands.Select(LiteralText)))
                    .Distinct()
                    .Take(MaxSpecializations + 1)
                    .Count() <= MaxSpecializations
            )
            .SelectMany(g => g);

    private static bool IsLiteral(Value value) => value.Definer is LiteralOp;

    private static string LiteralText(Value value) =>
        value.Definer is LiteralOp literal ? $"{literal.Value} {literal.Result.Type}" : "";

    // Side by side: a graph may hold many groups, and each takes its time.
    private void Compile(Operation[] groups)
    {
        var compiled = new (Func<object?[], object?[]> Run, Func<PortableTask?> Portable)[groups.Length];
        if (groups.Length == 1)
        {
            compiled[0] = Compile(groups[0]);
        }
        else
        {
            Parallel.For(0, groups.Length, i => compiled[i] = Compile(groups[i]));
        }

        for (var i = 0; i < groups.Length; i++)
        {
            _compiled.Add(groups[i], compiled[i]);
        }
    }

    private (Func<object?[], object?[]> Run, Func<PortableTask?> Portable) Compile(Operation op)
    {
        var reader = new SubgraphReader(flow, SiteOf, TypeOf);
        var (compiler, subgraph) = op is FusedOp fused
            ? (fused.Compiler, reader.Read(fused, out var outputs))
            : (((IFlowTask)op).Compiler!, reader.ReadTask(op, out outputs));
        ImmutableArray<Type> inputs = [.. op.Operands.Where(o => op is FusedOp || !IsLiteral(o)).Select(TypeOf)];
        return (
            flow.Resolver.Compilation.Compile(compiler, subgraph, inputs, outputs, report),
            () => PortableTask.TryOf(subgraph, inputs, outputs)
        );
    }

    private void AddFused(FusedOp op)
    {
        var (run, portable) = _compiled[op];
        AddTask(op, FusedName.Of(op), TaskKind.Fused, run, portable);
    }

    private void AddTask(
        Operation op,
        string name,
        TaskKind kind,
        Func<object?[], object?[]> run,
        Func<PortableTask?>? portable = null,
        ImmutableArray<int>? arguments = null
    )
    {
        var results = ImmutableArray.CreateBuilder<int>(op.Results.Count);
        foreach (var result in op.OpResults)
        {
            results.Add(SlotFor(result));
        }

        _tasks.Add(
            new GraphTask(name, kind, SiteOf(op), arguments ?? SlotsOf(op.Operands), results.MoveToImmutable(), run)
            {
                Operation = op,
                PortableSource = portable is null ? null : new Lazy<PortableTask?>(portable),
            }
        );
    }

    private void AddValue(Value value, object? data) => _inputs.Add(new(SlotFor(value), data));

    private int SlotFor(Value value)
    {
        var slot = _slots.Count;
        _slots.Add(value, slot);
        return slot;
    }

    private ImmutableArray<int> SlotsOf(IEnumerable<Value> values) => [.. values.Select(v => _slots[v])];

    private ImmutableArray<int> SlotsOf(OperandList values)
    {
        var slots = ImmutableArray.CreateBuilder<int>(values.Count);
        foreach (var value in values)
        {
            slots.Add(_slots[value]);
        }

        return slots.MoveToImmutable();
    }

    private Type TypeOf(Value value) =>
        flow.FindType(value.Type)
        ?? throw new ArgumentException($"no value of the graph has the type {value.Type}", nameof(value));

    private static CallSite SiteOf(Operation op) =>
        op.Location.File is { } file ? new CallSite(file.FileName, file.Line, "") : CallSite.Unknown;
}
