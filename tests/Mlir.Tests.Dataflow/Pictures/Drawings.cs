using System.Collections.Immutable;
using Mlir.Dataflow;
using Mlir.Dialects;
using Mlir.Dialects.Flow;
using Mlir.Frontend;
using Mlir.IR;
using Mlir.IR.Text;

namespace Mlir.Tests.Dataflow.Pictures;

/// <summary>Graphs to draw.</summary>
internal static class Drawings
{
    /// <summary>Every kind of node, and names that would break a page.</summary>
    public const string Pipeline = """
        !t = !flow.data<"Tensor<double>">
        !c = !flow.data<"CsrMatrix<double>">
        !d = !flow.data<"double">
        !p = !flow.data<"(Tensor<double>, int)">
        !s = !flow.data<"string">
        flow.graph @pipeline {
          %x = flow.input "prices" : !t
          %w = flow.input "weights" : !t
          %two = flow.literal 2.5 : f64 -> !d
          %a = flow.task "example.scale" by "Plugin.Fused" on "cpu"(%x, %two) : (!t, !d) -> !t
          %b = flow.task "example.offset" by "Plugin.Offset" on "cpu"(%a, %two) : (!t, !d) -> !t
          %c = flow.translate by "Plugin.ToCsr"(%b) : (!t) -> !c
          %e = flow.task "graph.rank" by "Plugin.Rank"(%c) : (!c) -> !p
          %r = flow.element %e[0] : (!p) -> !t
          %m = flow.task "example.add" by "Plugin.Add" on "cpu"(%r, %w) : (!t, !t) -> !t
          %l = flow.run "lambda"(%e) : (!p) -> !s
          flow.yield %m, %l : !t, !s
        }
        """;

    /// <summary>What an optimizer makes of <see cref="Pipeline"/>.</summary>
    public const string Optimized = """
        !t = !flow.data<"Tensor<double>">
        !c = !flow.data<"CsrMatrix<double>">
        !d = !flow.data<"double">
        !p = !flow.data<"(Tensor<double>, int)">
        !s = !flow.data<"string">
        flow.graph @pipeline {
          %x = flow.input "prices" : !t
          %w = flow.input "weights" : !t
          %b = flow.fused "cpu"(%x) : (!t) -> !t {
          ^bb0(%x0: !t):
            %two = flow.literal 2.5 : f64 -> !d
            %a = flow.task "example.scale" by "Plugin.Fused" on "cpu"(%x0, %two) : (!t, !d) -> !t
            %b0 = flow.task "example.offset" by "Plugin.Offset" on "cpu"(%a, %two) : (!t, !d) -> !t
            flow.yield %b0 : !t
          }
          %c = flow.translate by "Plugin.ToCsr"(%b) : (!t) -> !c
          %e = flow.task "graph.rank" by "Plugin.Rank"(%c) : (!c) -> !p
          %r = flow.element %e[0] : (!p) -> !t
          %m = flow.task "example.add" by "Plugin.Add" on "cpu"(%r, %w) : (!t, !t) -> !t
          %l = flow.run "lambda"(%e) : (!p) -> !s
          flow.yield %m, %l : !t, !s
        }
        """;

    /// <summary>Names that a page must show, not carry out.</summary>
    public const string Hostile = """
        !t = !flow.data<"List<\22script\22>">
        flow.graph @"</title><script>document.title='run'</script>" {
          %x = flow.input "\22><img src=x onerror=document.title='run'>" : !t
          %l = flow.literal "]]></text><script>alert(1)</script>" -> !flow.data<"string">
          %y = flow.task "a\\N\0A\22]; b [label=\22" by "&lt;b&gt;"(%x, %l) : (!t, !flow.data<"string">) -> !t
          flow.yield %y : !t
        }
        """;

    /// <summary>The graph of a text.</summary>
    public static GraphOp Parse(string text)
    {
        var module = MlirText.Parse(text, AllDialects.Registry).ValueOrThrow();
        Verifier.VerifyOrThrow(module, AllDialects.Registry);
        return module.Regions[0].Single.Operations.OfType<GraphOp>().Single();
    }

    /// <summary>The picture of a text before optimization, or of two texts.</summary>
    public static GraphPicture Picture(string graph, string? optimized = null) =>
        new(Parse(graph), optimized is null ? null : Parse(optimized));

    /// <summary>The report of a run in which these operations took this.</summary>
    public static RunReport Report(params ReadOnlySpan<(Operation Op, TimeSpan Time, long Bytes)> tasks)
    {
        var profiles = ImmutableArray.CreateBuilder<TaskProfile>();
        var start = TimeSpan.Zero;
        foreach (var (op, time, bytes) in tasks)
        {
            var task = new GraphTask(op.Name, TaskKind.Algorithm, CallSite.Unknown, [], [], arguments => arguments)
            {
                Operation = op,
            };
            profiles.Add(new TaskProfile(task, start, time, bytes, Thread: 1));
            start += time;
        }

        return new RunReport(profiles.ToImmutable(), start);
    }
}
