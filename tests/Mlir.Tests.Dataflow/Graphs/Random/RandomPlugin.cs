using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Graphs.Random;

/// <summary>
/// Algorithms for random graphs: each with implementations for several compilers and none. All values are small whole numbers, so that no way of
/// computing them rounds.
/// </summary>
public static class RandomPlugin
{
    /// <summary>Another form of a tensor.</summary>
    public sealed record Packed(double[] Values);

    [AbstractAlgorithm("random.add")]
    public delegate Tensor<double> Add(Tensor<double> x, Tensor<double> y);

    [AbstractAlgorithm("random.offset")]
    public delegate Tensor<double> Offset(Tensor<double> x, double by = 1);

    [AbstractAlgorithm("random.fold")]
    public delegate double Fold(Tensor<double> x);

    [AbstractAlgorithm("random.split")]
    public delegate (Tensor<double> Least, double Count) Split(Tensor<double> x);

    [AbstractAlgorithm("random.pack")]
    public delegate Packed Pack(Packed x);

    public static Tensor<double> Bound(Tensor<double> x) =>
        Tensor.Create<double>([.. x.Select(v => v % 1000)], x.Lengths);

    [Translator]
    public static Packed ToPacked(Tensor<double> x) => new([.. x]);

    [Translator]
    public static Tensor<double> ToTensor(Packed x) => Tensor.Create(x.Values);

    [ConcreteAlgorithm("random.pack")]
    public static Packed PackPlain(Packed x) => new([.. x.Values.Select(v => -v % 1000)]);

    [ConcreteAlgorithm("random.split")]
    public static (Tensor<double> Least, double Count) SplitPlain(Tensor<double> x) =>
        (Bound(x - 1.0), (double)x.FlattenedLength);

    [ConcreteAlgorithm("random.fold")]
    public static double FoldPlain(Tensor<double> x) => Tensor.Sum<double>(x) % 1000;

    public static class Plain
    {
        [ConcreteAlgorithm("random.add")]
        public static Tensor<double> AddPlain(Tensor<double> x, Tensor<double> y) => Bound(x + y);

        [ConcreteAlgorithm("random.offset")]
        public static Tensor<double> OffsetPlain(Tensor<double> x, double by) => Bound(x + by);
    }

    public static class OnCpu
    {
        [ConcreteAlgorithm("random.add", Compiler = "cpu")]
        public static readonly Expression<Add> AddCpu = (x, y) => x - y;

        [ConcreteAlgorithm("random.offset", Compiler = "cpu")]
        public static readonly Expression<Offset> OffsetCpu = (x, by) => x + by;
    }

    public static class OnInterpreter
    {
        [ConcreteAlgorithm("random.add", Compiler = "interpreter")]
        public static readonly Expression<Add> AddInterpreter = (x, y) => x - y;

        [ConcreteAlgorithm("random.offset", Compiler = "interpreter")]
        public static readonly Expression<Offset> OffsetInterpreter = (x, by) => x - by;
    }

    public static class OnFlaky
    {
        [ConcreteAlgorithm("random.add", Compiler = "flaky")]
        public static readonly Expression<Add> AddFlaky = (x, y) => y - x;

        [ConcreteAlgorithm("random.offset", Compiler = "flaky")]
        public static readonly Expression<Offset> OffsetFlaky = (x, by) => by - x;

        [ConcreteAlgorithm("random.split", Compiler = "flaky")]
        public static readonly Expression<Split> SplitFlaky = x => ValueTuple.Create(x + 1.0, 2.0);

        [ConcreteAlgorithm("random.fold", Compiler = "flaky")]
        public static readonly Expression<Fold> FoldFlaky = x => Tensor.Sum<double>(x);
    }

    public static class OnParallel
    {
        [ConcreteAlgorithm("random.add", Compiler = "parallel")]
        public static readonly Expression<Add> AddParallel = (x, y) => x - y - y;

        [ConcreteAlgorithm("random.offset", Compiler = "parallel")]
        public static readonly Expression<Offset> OffsetParallel = (x, by) => x + by + by;

        [ConcreteAlgorithm("random.split", Compiler = "parallel")]
        public static readonly Expression<Split> SplitParallel = x => ValueTuple.Create(x - 1.0, 3.0);
    }

    public static class OnNobody
    {
        [ConcreteAlgorithm("random.offset", Compiler = "nobody")]
        public static readonly Expression<Offset> OffsetNobody = (x, by) => x + 7.0;
    }
}
