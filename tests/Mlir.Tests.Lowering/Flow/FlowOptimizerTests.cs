using Mlir.Dialects.Flow;
using Mlir.IR;
using Mlir.Lowering;

namespace Mlir.Tests.Lowering;

public sealed class FlowOptimizerTests
{
    private static readonly DataType Number = DataType.Get("double");

    [Test]
    public void The_pipeline_can_be_read_and_written() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                FlowOptimizer.Pipeline(["cpu", "gpu"]).ToString(),
                Is.EqualTo(
                    "flow.graph(flow-cull,flow-merge,flow-fuse-subgraphs{compilers=cpu,gpu},flow-fuse-chains,flow-specialize)"
                )
            );
            Assert.That(
                FlowOptimizer.Pipeline([]).ToString(),
                Is.EqualTo("flow.graph(flow-cull,flow-merge,flow-fuse-chains,flow-specialize)")
            );
            foreach (var pipeline in new[] { FlowOptimizer.Pipeline(["cpu", "gpu"]), FlowOptimizer.Pipeline(default) })
            {
                Assert.That(PassPipeline.Parse(pipeline.ToString()).ToString(), Is.EqualTo(pipeline.ToString()));
            }
        });

    [Test]
    public void What_is_wanted_is_copied_and_the_source_stays_as_it_is()
    {
        var source = FlowGraphs.Parse(
            """
            flow.graph @user {
              %x = flow.input "x" : !flow.data<"double">
              %dead = flow.run "lambda"(%x) : (!flow.data<"double">) -> !flow.data<"double">
              %t = flow.task "split" by "P.Split"(%x) {note} : (!flow.data<"double">) -> !flow.data<"(double, double)">
              %f = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
              ^bb0(%a: !flow.data<"double">):
                flow.yield %a : !flow.data<"double">
              }
              %b = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
              %s = flow.task "add" by "P.Add" on "cpu"(%b, %f) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
              flow.yield %dead : !flow.data<"double">
            }
            """
        );
        var before = source.ToString();
        var named = source
            .Body.Operations.Where(o => o.Results.Count == 1)
            .ToDictionary(o => o.Result0.NameHint!, o => o.Result0);
        var copies = new IrMapping();
        var graph = FlowOptimizer.Extract(source, [named["s"], named["t"], named["s"]], copies);
        Assert.That(source.ToString(), Is.EqualTo(before));
        Assert.That(Verifier.Verify(graph), Is.Empty);
        Assert.That(
            graph.ToString(),
            Is.EqualTo(
                """
                flow.graph @user {
                  %x = flow.input "x" : !flow.data<"double">
                  %t = flow.task "split" by "P.Split"(%x) {note} : (!flow.data<"double">) -> !flow.data<"(double, double)">
                  %f = flow.fused "cpu"(%x) : (!flow.data<"double">) -> !flow.data<"double"> {
                  ^bb0(%a: !flow.data<"double">):
                    flow.yield %a : !flow.data<"double">
                  }
                  %b = flow.element %t[1] : (!flow.data<"(double, double)">) -> !flow.data<"double">
                  %s = flow.task "add" by "P.Add" on "cpu"(%b, %f) : (!flow.data<"double">, !flow.data<"double">) -> !flow.data<"double">
                  flow.yield %s, %t, %s : !flow.data<"double">, !flow.data<"(double, double)">, !flow.data<"double">
                }
                """
            )
        );
        Assert.That(copies[named["s"]], Is.SameAs(graph.Yield.Operands[0]));
        Assert.That(copies[named["x"]].Definer, Is.SameAs(graph.Body.First));
        Assert.That(copies.Contains(named["dead"]), Is.False);
    }

    [Test]
    public void A_value_of_another_graph_is_refused()
    {
        var (one, other) = (GraphOp.Create(Location.Unknown, "one"), GraphOp.Create(Location.Unknown, "other"));
        other.Body.Insert(new InputOp(Location.Unknown, "x", Number));
        Assert.That(
            () => FlowOptimizer.Extract(one, [other.Body.First!.Result0]),
            Throws.ArgumentException.With.Message.StartsWith("a wanted value does not belong to the graph @one")
        );
    }

    [Test]
    public void Nothing_wanted_is_an_empty_graph()
    {
        var graph = FlowOptimizer.Extract(GraphOp.Create(Location.Unknown, "none"), []);
        FlowGraphs.Run(graph, "flow-cull,flow-merge,flow-fuse-subgraphs,flow-fuse-chains,flow-specialize");
        Assert.That(graph.Body.Operations.Count(), Is.EqualTo(1));
        Assert.That(graph.Yield.Operands, Is.Empty);
    }

    [Test]
    public void A_fused_task_comes_from_all_places_that_its_tasks_come_from()
    {
        var graph = GraphOp.Create(Location.Unknown, "g");
        Location[] places =
        [
            new FileLineColLoc("Program.cs", 18, 1),
            new FileLineColLoc("Program.cs", 19, 1),
            new FileLineColLoc("Program.cs", 18, 1),
        ];
        Value value = Append(graph, new InputOp(Location.Unknown, "x", Number));
        foreach (var place in places)
        {
            value = Append(graph, new TaskOp(place, [value], "scale", "P.Scale", Number, "cpu"));
        }

        graph.Body.Insert(new YieldOp(Location.Unknown, [value]));
        FlowGraphs.Run(graph, "flow-fuse-chains");
        var fused = graph.Body.Operations.OfType<FusedOp>().Single();
        Assert.That(fused.Location, Is.EqualTo(new FusedLoc([places[0], places[1]])));
        Assert.That(fused.Body.Operations.SkipLast(1).Select(o => o.Location), Is.EqualTo(places));
    }

    /// <summary>Nothing recurses along the graph, and nothing takes the square of its length.</summary>
    [TestCase("flow-cull,flow-merge,flow-fuse-chains,flow-specialize")]
    [TestCase("flow-cull,flow-merge,flow-fuse-subgraphs,flow-fuse-chains,flow-specialize")]
    public void A_chain_of_very_many_tasks_is_one(string passes)
    {
        const int Length = 100_000;
        var source = GraphOp.Create(Location.Unknown, "g");
        Value value = Append(source, new InputOp(Location.Unknown, "x", Number));
        for (var i = 0; i < Length; i++)
        {
            var by = Append(source, new LiteralOp(Location.Unknown, FloatAttr.Get(FloatType.F64, i % 1000), Number));
            var place = new FileLineColLoc("Program.cs", i, 1);
            value = Append(source, new TaskOp(place, [value, by], "scale", "P.Scale", Number, "cpu"));
        }

        var graph = FlowOptimizer.Extract(source, [value]);
        FlowGraphs.Run(graph, passes);
        var fused = (FusedOp)graph.Yield.Operands[0].Definer!;
        Assert.That(graph.Body.Operations.Count(), Is.EqualTo(3));
        Assert.That(fused.Body.Operations.Count(o => o is TaskOp), Is.EqualTo(Length));
        Assert.That(fused.Body.Operations.Count(o => o is LiteralOp), Is.EqualTo(1000));
        Assert.That(fused.Operands.Count, Is.EqualTo(1));
    }

    /// <summary>The worst shapes for what looks at neighbours: one value for all, all into one, and other tasks between.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void Wide_graphs_are_no_harder(bool withOthers)
    {
        const int Width = 50_000;
        var graph = GraphOp.Create(Location.Unknown, "g");
        var x = Append(graph, new InputOp(Location.Unknown, "x", Number));
        var first = Append(graph, new TaskOp(Location.Unknown, [x], "first", "P.First", Number, "cpu"));
        var parts = new List<Value>();
        for (var i = 0; i < Width; i++)
        {
            var compiler = withOthers && i % 2 == 0 ? null : "cpu";
            parts.Add(Append(graph, new TaskOp(Location.Unknown, [first], "part", $"P.Part{i}", Number, compiler)));
        }

        var last = Append(graph, new TaskOp(Location.Unknown, [.. parts], "last", "P.Last", Number, "cpu"));
        graph.Body.Insert(new YieldOp(Location.Unknown, [last]));
        FlowGraphs.Run(graph, "flow-cull,flow-merge,flow-fuse-subgraphs,flow-fuse-chains,flow-specialize");
        var tasks = graph.Body.Operations.OfType<FusedOp>().Select(f => f.Body.Operations.Count(o => o is TaskOp));

        // The others take what the first task makes and feed the last one, so it cannot be in one task with the first.
        Assert.That(tasks, Is.EqualTo(withOthers ? [(Width / 2) + 1] : new[] { Width + 2 }));
    }

    private static OpResult Append(GraphOp graph, Operation op)
    {
        graph.Body.Insert(op);
        return op.Result0;
    }
}
