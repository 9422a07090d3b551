using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Graphs;

/// <summary>Algorithms that the tests of graphs call: compilable ones, plain ones, several results, translations.</summary>
public static class Arithmetic
{
    public enum Direction
    {
        Up,
        Down,
    }

    /// <summary>Another form of a tensor, for translations.</summary>
    public sealed record Boxed(double[] Values);

    [AbstractAlgorithm("test.scale")]
    public delegate Tensor<double> Scale(Tensor<double> x, double by = 2);

    [AbstractAlgorithm("test.add")]
    public delegate Tensor<double> Add(Tensor<double> x, Tensor<double> y);

    [AbstractAlgorithm("test.offset")]
    public delegate Tensor<double> Offset(Tensor<double> x, double by);

    [AbstractAlgorithm("test.sum")]
    public delegate double Sum(Tensor<double> x);

    [AbstractAlgorithm("test.extremes")]
    public delegate (double Least, double Most) Extremes(Tensor<double> x);

    [AbstractAlgorithm("test.box")]
    public delegate Boxed Box(Boxed x);

    [AbstractAlgorithm("test.step")]
    public delegate int Step(int x, Direction direction, string? label = null);

    [ConcreteAlgorithm("test.scale", Compiler = "interpreter")]
    public static readonly Expression<Scale> ScaleFused = (x, by) => x * by;

    [ConcreteAlgorithm("test.add", Compiler = "interpreter")]
    public static readonly Expression<Add> AddFused = (x, y) => x + y;

    [ConcreteAlgorithm("test.offset")]
    public static Tensor<double> OffsetPlain(Tensor<double> x, double by) => x + by;

    [ConcreteAlgorithm("test.sum")]
    public static double SumPlain(Tensor<double> x) => Tensor.Sum<double>(x);

    [ConcreteAlgorithm("test.extremes")]
    public static (double Least, double Most) ExtremesPlain(Tensor<double> x) =>
        (Tensor.Min<double>(x), Tensor.Max<double>(x));

    [ConcreteAlgorithm("test.box")]
    public static Boxed BoxPlain(Boxed x) => new([.. x.Values, 0]);

    [ConcreteAlgorithm("test.step")]
    public static int StepPlain(int x, Direction direction, string? label = null, int width = 1) =>
        direction == Direction.Up ? x + width
        : label is null ? x - width
        : throw new InvalidOperationException($"no way down for {label}");

    [Translator]
    public static Boxed ToBoxed(Tensor<double> x) => new([.. x]);

    [Translator]
    public static Tensor<double> ToTensor(Boxed x) => Tensor.Create(x.Values);

    /// <summary>A second implementation of the same algorithm.</summary>
    public static class Other
    {
        [ConcreteAlgorithm("test.scale")]
        public static Tensor<double> ScaleTwice(Tensor<double> x, double by) => x * by * 2.0;
    }

    public static Resolver NewResolver() => new Resolver().AddPlugins(typeof(Arithmetic), typeof(Other));
}
