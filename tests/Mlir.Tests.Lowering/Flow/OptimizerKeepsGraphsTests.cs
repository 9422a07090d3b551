using Mlir.Dialects.Flow;
using Mlir.IR;
using Mlir.Lowering;

namespace Mlir.Tests.Lowering;

/// <summary>Whatever the optimizer does to a random graph: the rules hold, and taken apart again it is the graph that it was.</summary>
public sealed class OptimizerKeepsGraphsTests
{
    private const string IdName = "test.id";

    private static readonly int Graphs = Environment.GetEnvironmentVariable("MLIR_NIGHTLY") == "1" ? 10_000 : 400;

    private static readonly string[] Fusions =
    [
        "flow-fuse-chains",
        "flow-fuse-subgraphs",
        "flow-fuse-subgraphs{compilers=gpu,cpu}",
        "flow-fuse-subgraphs,flow-fuse-chains",
        "flow-fuse-chains,flow-fuse-subgraphs{compilers=cpu,gpu},flow-fuse-chains",
    ];

    [TestCaseSource(nameof(Fusions))]
    public void Taken_apart_again_the_graph_is_the_same(string passes)
    {
        for (var seed = 1; seed <= Graphs; seed++)
        {
            var graph = Prepared(seed);
            var (before, count) = (FlowGraphs.Describe(graph), graph.Body.Operations.Count());
            FlowGraphs.Run(graph, passes);
            CheckFused(graph, seed);
            CheckText(graph, seed);
            FlowGraphs.Inline(graph);
            Assert.That(Verifier.Verify(graph), Is.Empty, $"seed {seed}");
            Assert.That(FlowGraphs.Describe(graph), Is.EqualTo(before), $"seed {seed}");
            Assert.That(graph.Body.Operations.Count(), Is.EqualTo(count), $"seed {seed}");
        }
    }

    [TestCaseSource(nameof(Fusions))]
    public void Literals_move_into_fused_tasks_and_nothing_else_changes(string passes)
    {
        for (var seed = 1; seed <= Graphs; seed++)
        {
            var graph = Prepared(seed, withIds: false);
            var before = FlowGraphs.Describe(graph);
            FlowGraphs.Run(graph, $"{passes},flow-specialize");
            Assert.That(
                graph.Body.Operations.OfType<FusedOp>().SelectMany(f => f.Operands).Where(o => o.Definer is LiteralOp),
                Is.Empty
            );
            FlowGraphs.Inline(graph);
            FlowGraphs.Run(graph, "flow-merge");
            Assert.That(FlowGraphs.Describe(graph), Is.EqualTo(before), $"seed {seed}");
        }
    }

    [Test]
    public void Merging_leaves_no_two_equal_operations_and_culling_nothing_unused()
    {
        for (var seed = 1; seed <= Graphs; seed++)
        {
            var (source, wanted) = RandomFlow.Make(seed);
            var graph = FlowOptimizer.Extract(source, wanted);
            var runs = graph.Body.Operations.Count(o => o is RunOp);
            FlowGraphs.Run(graph, "flow-merge");
            var described = FlowGraphs.Describe(graph);
            var operations = graph.Body.Operations.Where(o => o is not (RunOp or YieldOp)).ToList();
            Assert.That(operations.Select(Key).Distinct().Count(), Is.EqualTo(operations.Count), $"seed {seed}");
            Assert.That(graph.Body.Operations.Count(o => o is RunOp), Is.EqualTo(runs), $"seed {seed}");
            Assert.That(operations.Select(o => o.Result0.IsUnused), Has.All.False, $"seed {seed}");

            // Merging first and culling then is the same as the other way round.
            graph = Whole(source, wanted);
            FlowGraphs.Run(graph, "flow-merge,flow-cull");
            Assert.That(FlowGraphs.Describe(graph), Is.EqualTo(described), $"seed {seed}");
            Assert.That(
                graph.Body.Operations.SkipLast(1).Select(o => o.Result0.IsUnused),
                Has.All.False,
                $"seed {seed}"
            );
        }
    }

    [Test]
    public void Chains_are_those_of_the_rule_and_everything_else_keeps_its_order()
    {
        for (var seed = 1; seed <= Graphs; seed++)
        {
            var graph = Prepared(seed);
            var expected = new FlowShape(graph.Body).Chains().Select(c => Spell(c.Select(Id))).Order().ToList();
            FlowGraphs.Run(graph, "flow-fuse-chains");
            var fused = graph.Body.Operations.OfType<FusedOp>().ToList();
            Assert.That(
                fused.Select(f => Spell(f.Body.Operations.Where(o => o is IFlowTask).Select(Id))).Order(),
                Is.EqualTo(expected),
                $"seed {seed}"
            );
            Assert.That(
                graph.Body.Operations.SkipLast(1).Where(o => o is not FusedOp).Select(Id),
                Is.Ordered,
                $"seed {seed}"
            );
        }
    }

    [Test]
    public void Subgraphs_are_connected_delay_no_other_task_and_cannot_grow()
    {
        for (var seed = 1; seed <= Graphs; seed++)
        {
            var graph = Prepared(seed);
            var before = Delays(new FlowShape(graph.Body));
            FlowGraphs.Run(graph, "flow-fuse-subgraphs");
            var shape = new FlowShape(graph.Body);
            Assert.That(Delays(shape), Is.EqualTo(before), () => $"seed {seed}\n{graph}");
            foreach (var fused in graph.Body.Operations.OfType<FusedOp>())
            {
                Assert.That(new FlowShape(fused.Body).IsConnected(), Is.True, () => $"seed {seed}\n{fused}");
            }

            foreach (var (from, to) in shape.Edges)
            {
                if (FlowShape.CompilerOf(from) == "cpu" && FlowShape.CompilerOf(to) == "cpu")
                {
                    var joined = shape.Depths("cpu", from, to);
                    Assert.That(
                        joined is not null && before.All(b => b.Value == DelayOf(b.Key, shape, joined)),
                        Is.False,
                        () => $"seed {seed}: could be one\n{from}\n{to}\nin\n{graph}"
                    );
                }
            }
        }
    }

    /// <summary>What is wanted, culled and merged; each operation has a number that it keeps.</summary>
    private static GraphOp Prepared(int seed, bool withIds = true)
    {
        var (source, wanted) = RandomFlow.Make(seed);
        var graph = FlowOptimizer.Extract(source, wanted);
        FlowGraphs.Run(graph, "flow-cull,flow-merge");
        foreach (var (index, op) in graph.Body.Operations.SkipLast(1).Index())
        {
            op.SetAttribute(IdName, withIds ? IntegerAttr.Get(IntegerType.Get(32), index) : null);
        }

        return graph;
    }

    /// <summary>The whole graph with a terminator of its own.</summary>
    private static GraphOp Whole(GraphOp source, IReadOnlyList<Value> wanted)
    {
        var mapping = new IrMapping();
        var copy = (GraphOp)source.Clone(mapping);
        copy.Body.Insert(new YieldOp(copy.Location, [.. wanted.Select(w => mapping[w])]));
        return copy;
    }

    private static void CheckFused(GraphOp graph, int seed)
    {
        foreach (var fused in graph.Body.Operations.OfType<FusedOp>())
        {
            var tasks = fused.Body.Operations.OfType<IFlowTask>().ToList();
            Assert.That(tasks.Select(t => t.Compiler), Has.All.EqualTo(fused.Compiler), $"seed {seed}");
            Assert.That(tasks, Has.Count.GreaterThan(1), $"seed {seed}");
            Assert.That(fused.Operands.Distinct().Count(), Is.EqualTo(fused.Operands.Count), $"seed {seed}");
            Assert.That(fused.Results.Select(r => r.IsUnused), Has.All.False, $"seed {seed}");
            Assert.That(
                fused
                    .Body.Operations.SelectMany(o => o.Operands)
                    .OfType<BlockArgument>()
                    .Distinct()
                    .Select(a => a.Index),
                Is.EqualTo(Enumerable.Range(0, fused.Operands.Count)),
                $"seed {seed}: arguments are in the order of their first use"
            );
            Assert.That(
                fused.Body.Operations.SkipLast(1).Select(Id),
                Is.Ordered,
                $"seed {seed}: the body keeps the graph's order"
            );
        }
    }

    private static void CheckText(GraphOp graph, int seed)
    {
        var text = graph.ToString();
        Assert.That(FlowGraphs.Parse(text).ToString(), Is.EqualTo(text), $"seed {seed}");
    }

    /// <summary>How many other tasks are in front of each task that the compiler does not compile.</summary>
    private static Dictionary<long, int> Delays(FlowShape shape)
    {
        var depths = shape.Depths("cpu")!;
        return Others(shape).ToDictionary(Id, o => depths[o]);
    }

    private static int DelayOf(long id, FlowShape shape, Dictionary<Operation, int> depths) =>
        depths[Others(shape).Single(o => Id(o) == id)];

    private static IEnumerable<Operation> Others(FlowShape shape) =>
        shape.Tasks.Where(t => FlowShape.CompilerOf(t) != "cpu");

    private static long Id(Operation op) => ((IntegerAttr)op.Discardable[IdName]!).Int64;

    private static string Spell(IEnumerable<long> ids) => string.Join(' ', ids.Order());

    private static string Key(Operation op) =>
        $"{op.Name} {string.Join(", ", op.Attributes)} {string.Join(", ", op.Operands.Select(o => $"{o.Definer!.PlaceInBlock}#{((OpResult)o).Index}"))} {op.Result0.Type}";
}
