using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Serialization;

/// <summary>Algorithms whose tasks run in another process.</summary>
public static class TravellingPlugin
{
    private static readonly Tensor<double> Weights = Tensor.Create([1.0, 0, 1, 0]);

    [AbstractAlgorithm("travelling.scale")]
    public delegate Tensor<double> Scale(Tensor<double> x, double by);

    [AbstractAlgorithm("travelling.sum")]
    public delegate double Sum(Tensor<double> x);

    [AbstractAlgorithm("travelling.weigh")]
    public delegate Tensor<double> Weigh(Tensor<double> x);

    [AbstractAlgorithm("travelling.extremes")]
    public delegate (double Low, double High) Extremes(Tensor<double> x);

    [AbstractAlgorithm("travelling.describe")]
    public delegate string Describe(string name, int[] counts);

    [ConcreteAlgorithm("travelling.scale", Compiler = "cpu")]
    public static readonly Expression<Scale> Fused = (x, by) => x * by;

    [ConcreteAlgorithm("travelling.sum", Compiler = "cpu")]
    public static readonly Expression<Sum> Total = x => Tensor.Sum<double>(x);

    [ConcreteAlgorithm("travelling.weigh", Compiler = "cpu")]
    public static readonly Expression<Weigh> Weighed = x => x * Weights;

    [ConcreteAlgorithm("travelling.extremes", Compiler = "cpu")]
    public static readonly Expression<Extremes> MinMax = x =>
        ValueTuple.Create(Tensor.Min<double>(x), Tensor.Max<double>(x));

    /// <summary>A plain algorithm: another process must know it by name.</summary>
    [ConcreteAlgorithm("travelling.describe")]
    public static string Text(string name, int[] counts) =>
        $"{name}: {string.Join('+', counts)} in {Environment.ProcessId}";
}
