using System.Numerics.Tensors;
using Mlir.Dataflow;
using Mlir.Dialects.Flow;

namespace Mlir.Tests.Dataflow.Graphs.Random;

/// <summary>
/// Whatever the graph, whatever the compilers do: what is computed optimized is what is computed task by task is what immediate calls give. Some hundreds
/// of graphs run always; with MLIR_NIGHTLY=1 in the environment more than ten thousand.
/// </summary>
public sealed class RandomGraphTests
{
    private const int PerBatch = 20;

    private static readonly string[][] Plugins =
    [
        ["Plain", "OnInterpreter"],
        ["Plain", "OnFlaky"],
        ["OnFlaky", "OnParallel"],
        ["Plain", "OnParallel", "OnNobody"],
        ["Plain", "OnInterpreter", "OnFlaky", "OnParallel", "OnNobody"],
        ["Plain", "OnCpu", "OnFlaky"],
    ];

    private static IEnumerable<int> Batches() =>
        Enumerable.Range(0, Environment.GetEnvironmentVariable("MLIR_NIGHTLY") == "1" ? 600 : 18);

    [TestCaseSource(nameof(Batches))]
    public async Task Optimized_is_unoptimized_is_immediate(int batch)
    {
        var resolver = NewResolver(batch);
        for (var i = 0; i < PerBatch; i++)
        {
            var seed = (batch * PerBatch) + i;
            var graph = new RandomGraph(seed, resolver, Plugins[batch % Plugins.Length]);
            var wanted = graph.Wanted();
            var before = graph.Flow.ToString();
            var options = new ComputeOptions { MaxParallelism = seed % 4 };
            FlowValue[] values = [.. wanted.Select(w => w.Lazy)];
            var plain = await graph.Flow.ComputeAsync(values, options, optimized: false);
            var optimized = await graph.Flow.ComputeAsync(values, options);
            for (var w = 0; w < values.Length; w++)
            {
                AssertEqual(plain[w], wanted[w].Eager, $"unoptimized, seed {seed}, value {w}");
                AssertEqual(optimized[w], wanted[w].Eager, $"optimized, seed {seed}, value {w}");
            }

            Assert.That(graph.Flow.ToString(), Is.EqualTo(before), $"the user's graph, seed {seed}");
        }
    }

    [Test]
    public async Task Random_graphs_are_fused_and_their_compilers_do_fail()
    {
        var resolver = NewResolver(batch: 0);
        var (fused, failures) = (0, 0);
        for (var seed = 0; seed < 100; seed++)
        {
            var graph = new RandomGraph(seed, resolver, Plugins[1]);
            FlowValue[] values = [.. graph.Wanted().Select(w => w.Lazy)];
            await graph.Flow.ComputeAsync(values);
            var plan = graph.Flow.Plan(values);
            fused += plan.Graph.Body.Operations.OfType<FusedOp>().Count();
            failures += plan.Diagnostics.Length;
        }

        Assert.That(fused, Is.GreaterThan(50));
        Assert.That(failures, Is.GreaterThan(20));
    }

    private static Resolver NewResolver(int batch)
    {
        var resolver = new Resolver().AddPlugins(
            typeof(RandomPlugin),
            typeof(RandomPlugin.Plain),
            typeof(RandomPlugin.OnCpu),
            typeof(RandomPlugin.OnInterpreter),
            typeof(RandomPlugin.OnFlaky),
            typeof(RandomPlugin.OnParallel),
            typeof(RandomPlugin.OnNobody)
        );
        resolver.AddCompiler(new FlakyCompiler("flaky", runsInParallel: false, batch));
        resolver.AddCompiler(new FlakyCompiler("parallel", runsInParallel: true, batch + 1));
        return resolver;
    }

    private static void AssertEqual(object? actual, object? expected, string what) =>
        Assert.That(Flatten(actual), Is.EqualTo(Flatten(expected)), what);

    private static object? Flatten(object? value) =>
        value switch
        {
            Tensor<double> tensor => tensor.ToArray(),
            RandomPlugin.Packed packed => packed.Values,
            (Tensor<double> tensor, double count) => (double[])[.. tensor, count],
            _ => value,
        };
}
