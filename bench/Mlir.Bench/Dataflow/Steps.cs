using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Dataflow;

namespace Mlir.Bench.Dataflow;

/// <summary>The algorithms of the measurements: small, so that what is measured is everything around them.</summary>
internal static class Steps
{
    [AbstractAlgorithm("bench.scale")]
    public delegate Tensor<double> Scale(Tensor<double> x, double by);

    [AbstractAlgorithm("bench.offset")]
    public delegate Tensor<double> Offset(Tensor<double> x, double by);

    [AbstractAlgorithm("bench.next")]
    public delegate int Next(int x);

    [ConcreteAlgorithm("bench.scale", Compiler = "cpu")]
    public static readonly Expression<Scale> Product = (x, by) => x * by;

    [ConcreteAlgorithm("bench.offset", Compiler = "cpu")]
    public static readonly Expression<Offset> Sum = (x, by) => x + by;

    [ConcreteAlgorithm("bench.next")]
    public static int Successor(int x) => x + 1;
}
