using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Graphs;

/// <summary>What a user writes first.</summary>
public sealed class FlowExampleTests
{
    public static class Plugin
    {
        [AbstractAlgorithm("example.scale")]
        public delegate Tensor<double> Scale(Tensor<double> x, double by);

        [AbstractAlgorithm("example.offset")]
        public delegate Tensor<double> Offset(Tensor<double> x, double by);

        [ConcreteAlgorithm("example.scale", Compiler = "cpu")]
        public static readonly Expression<Scale> Fused = (x, by) => x * by;

        [ConcreteAlgorithm("example.offset", Compiler = "cpu")]
        public static readonly Expression<Offset> FusedOffset = (x, by) => x + by;
    }

    [Test]
    public async Task A_lazy_chain_is_fused_and_gives_what_immediate_calls_give()
    {
        var resolver = new Resolver().AddPlugin(typeof(Plugin));
        var x = Tensor.Create([1.0, 2.0, 3.0]);
        var now = resolver.Run<Tensor<double>>("example.scale", x, 2.0);
        var flow = new Flow(resolver);
        var y = flow.Call<Plugin.Scale>(flow.Input(x), 2.0);
        var z = flow.Call<Plugin.Offset>(flow.Call<Plugin.Scale>(y, 3.0), 1.0);
        Tensor<double> result = await z.ComputeAsync();
        Tensor<double> plain = await z.ComputeAsync(optimized: false);
        Assert.Multiple(() =>
        {
            Assert.That(now, Is.EqualTo((double[])[2, 4, 6]));
            Assert.That(result, Is.EqualTo((double[])[7, 13, 19]));
            Assert.That(plain, Is.EqualTo((double[])[7, 13, 19]));
            Assert.That(z.Plan().Tasks.Tasks, Has.Length.EqualTo(1));
            Assert.That(z.Plan().Tasks.Tasks[0].Name, Is.EqualTo("example.scale → example.scale → example.offset"));
            Assert.That(z.Plan().Diagnostics, Is.Empty);
            Assert.That(z.Plan(optimized: false).Tasks.Tasks, Has.Length.EqualTo(3));
            Assert.That(z.Plan(optimized: false).Diagnostics, Is.Empty);
        });
    }
}
