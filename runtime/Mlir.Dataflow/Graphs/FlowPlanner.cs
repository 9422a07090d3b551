using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Mlir.Dialects.Flow;
using Mlir.IR;
using CallSite = Mlir.Frontend.CallSite;

namespace Mlir.Dataflow;

/// <summary>Turns a graph of the flow dialect into what a scheduler runs: one task an operation.</summary>
/// <param name="flow">Knows the inputs and the functions by name.</param>
/// <param name="report">Is told of compilers' failures.</param>
internal sealed class FlowPlanner(Flow flow, Action<FlowDiagnostic> report)
{
    private readonly Dictionary<Value, int> _slots = new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableArray<GraphTask>.Builder _tasks = ImmutableArray.CreateBuilder<GraphTask>();
    private readonly ImmutableArray<KeyValuePair<int, object?>>.Builder _inputs = ImmutableArray.CreateBuilder<
        KeyValuePair<int, object?>
    >();

    private readonly Dictionary<FusedOp, (Func<object?[], object?[]> Run, Func<PortableTask?> Portable)> _fused = new(
        ReferenceEqualityComparer.Instance
    );

    /// <summary>The tasks of a graph that ends with the wanted values.</summary>
    public TaskGraph Plan(GraphOp graph)
    {
        Compile([.. graph.Body.Operations.OfType<FusedOp>()]);
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

    // Side by side: a graph may hold many groups, and each takes its time.
    private void Compile(FusedOp[] groups)
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
            _fused.Add(groups[i], compiled[i]);
        }
    }

    private (Func<object?[], object?[]> Run, Func<PortableTask?> Portable) Compile(FusedOp op)
    {
        var subgraph = new SubgraphReader(flow, SiteOf, TypeOf).Read(op, out var outputs);
        ImmutableArray<Type> inputs = [.. op.Operands.Select(TypeOf)];
        return (
            flow.Resolver.Compilation.Compile(op.Compiler, subgraph, inputs, outputs, report),
            () => PortableTask.TryOf(subgraph, inputs, outputs)
        );
    }

    private void AddFused(FusedOp op)
    {
        var (run, portable) = _fused[op];
        AddTask(op, FusedName.Of(op), TaskKind.Fused, run, portable);
    }

    private void AddTask(
        Operation op,
        string name,
        TaskKind kind,
        Func<object?[], object?[]> run,
        Func<PortableTask?>? portable = null
    )
    {
        var arguments = SlotsOf(op.Operands);
        var results = ImmutableArray.CreateBuilder<int>(op.Results.Count);
        foreach (var result in op.OpResults)
        {
            results.Add(SlotFor(result));
        }

        _tasks.Add(
            new GraphTask(name, kind, SiteOf(op), arguments, results.MoveToImmutable(), run)
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
