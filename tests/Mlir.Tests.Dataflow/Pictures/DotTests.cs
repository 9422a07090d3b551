using Mlir.Dataflow;
using Mlir.Dialects.Flow;

namespace Mlir.Tests.Dataflow.Pictures;

/// <summary>The six styles, in DOT text.</summary>
public sealed class DotTests
{
    private static readonly PictureOptions Before = new() { Optimized = false };

    private static string Pipeline(PictureOptions? options = null) =>
        Drawings.Picture(Drawings.Pipeline, Drawings.Optimized).ToDot(options);

    private static string NodeWith(string dot, string label) =>
        dot.Split('\n').Single(line => line.Contains($"label=\"{label}\"", StringComparison.Ordinal));

    [TestCase(@"graph.rank\n(Plugin.Rank)", "[shape=octagon, label")]
    [TestCase(@"example.scale\n(Plugin.Fused)", "[shape=octagon, color=red, penwidth=2.0, label")]
    [TestCase("Plugin.ToCsr", "[shape=ellipse, label")]
    [TestCase(@"prices\nTensor<double>", "[shape=parallelogram, label")]
    [TestCase("CsrMatrix<double>", "[shape=parallelogram, label")]
    [TestCase("lambda", "[shape=circle, label")]
    [TestCase("[0]", "[shape=circle, label")]
    public void Each_kind_of_node_has_its_style(string label, string style) =>
        Assert.That(NodeWith(Pipeline(Before), label), Does.Contain(style));

    [Test]
    public void A_fused_task_is_a_red_double_octagon_with_its_names_in_order_of_execution() =>
        Assert.That(
            NodeWith(Pipeline(), @"example.scale\nexample.offset"),
            Does.Contain("[shape=doubleoctagon, color=red, penwidth=2.0, label")
        );

    [Test]
    public void The_optimized_graph_is_drawn_unless_the_other_one_is_asked_for() =>
        Assert.Multiple(() =>
        {
            Assert.That(Pipeline(), Does.Contain("doubleoctagon"));
            Assert.That(Pipeline(Before), Does.Not.Contain("doubleoctagon"));
            Assert.That(Drawings.Picture(Drawings.Pipeline).ToDot(), Is.EqualTo(Pipeline(Before)), "nothing optimized");
        });

    [Test]
    public void A_literal_stands_beside_each_task_that_takes_it() =>
        Assert.That(Pipeline(Before).Split("label=\"2.5\""), Has.Length.EqualTo(3));

    [Test]
    public void Results_stand_between_tasks_as_data_with_their_type()
    {
        var dot = Drawings
            .Picture(
                """
                !t = !flow.data<"A">
                flow.graph @g {
                  %x = flow.input "x" : !t
                  %y = flow.task "f" by "F"(%x, %x) : (!t, !t) -> !flow.data<"B">
                  flow.yield %y : !flow.data<"B">
                }
                """
            )
            .ToDot();
        Assert.That(
            dot,
            Is.EqualTo(
                """
                digraph "g" {
                  node [fontname="Helvetica,Arial,sans-serif", fontsize=11];
                  n0 [shape=parallelogram, label="x\nA", tooltip="input x\ntype: A\nat <string>(3)"];
                  n1 [shape=octagon, label="f\n(F)", tooltip="algorithm f\nby F\nat <string>(4)"];
                  n2 [shape=parallelogram, label="B", tooltip="result of f\ntype: B\nthe wanted value", penwidth=2.0];
                  n0 -> n1;
                  n1 -> n2;
                }

                """
            )
        );
    }

    [Test]
    public void Without_data_only_inputs_and_tasks_are_drawn()
    {
        var dot = Pipeline(new() { Optimized = false, ShowData = false });
        Assert.Multiple(() =>
        {
            Assert.That(dot, Does.Contain("prices").And.Contains("example.scale").And.Not.Contain("label=\"Tensor"));
            Assert.That(dot.Split("shape=parallelogram"), Has.Length.EqualTo(3), "the two inputs");
        });
    }

    [Test]
    public void A_task_that_was_compiled_alone_is_drawn_as_compilable()
    {
        var dot = Drawings
            .Picture(
                """
                !t = !flow.data<"A">
                flow.graph @g {
                  %x = flow.input "x" : !t
                  %y = flow.fused "cpu"(%x) : (!t) -> !t {
                  ^bb0(%a: !t):
                    %b = flow.task "f" by "F" on "cpu"(%a) : (!t) -> !t
                    flow.yield %b : !t
                  }
                  flow.yield %y : !t
                }
                """
            )
            .ToDot();
        Assert.That(NodeWith(dot, @"f\n(F)"), Does.Contain("[shape=octagon, color=red"));
    }

    [Test]
    public void A_long_chain_shows_its_first_and_last_names()
    {
        var tasks = string.Join(
            '\n',
            Enumerable
                .Range(0, 5000)
                .Select(i => $"%v{i + 1} = flow.task \"f{i}\" by \"F\" on \"cpu\"(%v{i}) : (!t) -> !t")
        );
        var dot = Drawings
            .Picture(
                $$"""
                !t = !flow.data<"A">
                flow.graph @g {
                  %x = flow.input "x" : !t
                  %y = flow.fused "cpu"(%x) : (!t) -> !t {
                  ^bb0(%v0: !t):
                    {{tasks}}
                    flow.yield %v5000 : !t
                  }
                  flow.yield %y : !t
                }
                """
            )
            .ToDot();
        Assert.That(
            dot,
            Does.Contain(@"label=""f0\nf1\nf2\nf3\nf4\nf5\nf6\nf7\nf8\nf9\n… 4,987 more …\nf4997\nf4998\nf4999""")
                .And.Contains(@"5,000 tasks fused into one\ncompiled by cpu\nat <string>(4)\nin this order:\n1. f0\n")
                .And.Contains(@"\n100. f99\n… and 4,900 more")
        );
    }

    [Test]
    public void Names_cannot_leave_their_label()
    {
        var dot = Drawings.Picture(Drawings.Hostile).ToDot();
        Assert.Multiple(() =>
        {
            Assert.That(dot, Does.Contain("""label="a\\N␊\"]; b [label=\"\n(&amp;lt;b&amp;gt;)","""));
            Assert.That(dot.Split('\n'), Has.Length.EqualTo(11), "a line for each node and edge");
        });
    }

    [Test]
    public void Time_and_bytes_stand_in_the_task_after_a_run()
    {
        var graph = Drawings.Parse(Drawings.Pipeline);
        var translation = graph.Body.Operations.OfType<TranslateOp>().Single();
        var report = Drawings.Report((translation, TimeSpan.FromMilliseconds(12.5), 8_000_000));
        var picture = new GraphPicture(graph) { Report = report };
        Assert.That(
            NodeWith(picture.ToDot(), @"Plugin.ToCsr\n12.5 ms · 8 MB"),
            Does.Contain(@"time: 12.5 ms\nresults: 8,000,000 bytes")
        );
    }
}
