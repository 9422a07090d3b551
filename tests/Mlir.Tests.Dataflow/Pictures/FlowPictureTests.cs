using System.Numerics.Tensors;
using Mlir.Dataflow;
using Mlir.Tests.Dataflow.Graphs;

namespace Mlir.Tests.Dataflow.Pictures;

/// <summary>Pictures of graphs that were really built, and run.</summary>
public sealed class FlowPictureTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("mlir-picture").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    /// <summary>Two chains of three that meet, and one more task behind them.</summary>
    private static FlowValue TwoChains()
    {
        var flow = new Flow(new Resolver().AddPlugin(typeof(Arithmetic)));
        var x = flow.Input(Tensor.Create([1.0, 2.0, 3.0]), "x");
        var left = Chain(2);
        var right = Chain(2.5);
        return flow.Call<Arithmetic.Scale>(flow.Call<Arithmetic.Add>(left, right), 2.8);

        FlowValue Chain(double by)
        {
            var first = flow.Call<Arithmetic.Scale>(x, by);
            return flow.Call<Arithmetic.Scale>(flow.Call<Arithmetic.Scale>(first, by + 1), by + 2);
        }
    }

    private string Save(FlowValue value, string name, bool optimized = true, RunReport? report = null)
    {
        var path = Path.Combine(_folder, name);
        value.Save(path, optimized, report);
        return File.ReadAllText(path);
    }

    [Test]
    public void A_graph_shows_its_algorithms_and_types()
    {
        var dot = Save(TwoChains(), "x.dot", optimized: false);
        Assert.Multiple(() =>
        {
            Assert.That(dot.Split("label=\"test.scale\\n"), Has.Length.EqualTo(8), "seven tasks");
            Assert.That(dot.Split("label=\"test.add\\n"), Has.Length.EqualTo(2));
            Assert.That(dot.Split("label=\"Tensor<double>\""), Has.Length.EqualTo(9), "eight results");
            Assert.That(dot, Does.Contain("label=\"x\\nTensor<double>\"").And.Not.Contain("doubleoctagon"));
        });
    }

    [Test]
    public void Optimized_it_shows_what_was_fused() =>
        Assert.That(Save(TwoChains(), "x.dot"), Does.Contain("shape=doubleoctagon, color=red"));

    [TestCase(true)]
    [TestCase(false)]
    public async Task After_a_run_each_task_has_its_time_and_bytes(bool optimized)
    {
        RunReport? report = null;
        var value = TwoChains();
        Tensor<double> result = await value.ComputeAsync(new() { Completed = r => report = r }, optimized);
        Assert.That(result.Lengths[0], Is.EqualTo((nint)3));
        var dot = Save(value, "x.dot", optimized, report);
        var tasks = dot.Split('\n').Count(line => line.Contains("octagon", StringComparison.Ordinal));
        Assert.That(tasks, optimized ? Is.AtLeast(1) : Is.EqualTo(8));
        Assert.That(dot.Split(" · 24 B\""), Has.Length.EqualTo(tasks + 1), "each makes three doubles");
        Assert.That(Save(value, "x.html", optimized, report), Does.Contain(" in all, "));
    }
}
