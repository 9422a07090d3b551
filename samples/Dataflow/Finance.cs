using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Dataflow;

/// <summary>Algorithms on time series. Those with a compiler fuse; the other one runs as it is.</summary>
public static class Finance
{
    [AbstractAlgorithm("finance.ratios")]
    public delegate Tensor<double> Ratios(Tensor<double> prices);

    [AbstractAlgorithm("finance.log")]
    public delegate Tensor<double> Log(Tensor<double> x);

    [AbstractAlgorithm("finance.mean")]
    public delegate double Mean(Tensor<double> x);

    [AbstractAlgorithm("finance.centre")]
    public delegate Tensor<double> Centre(Tensor<double> x, double mean);

    [AbstractAlgorithm("finance.square")]
    public delegate Tensor<double> Square(Tensor<double> x);

    [AbstractAlgorithm("finance.variance")]
    public delegate double Variance(Tensor<double> squares);

    [AbstractAlgorithm("finance.annualize")]
    public delegate double Annualize(double variance, double days);

    [ConcreteAlgorithm("finance.log", Compiler = "cpu")]
    public static readonly Expression<Log> Logarithm = x => Tensor.Log<double>(x);

    [ConcreteAlgorithm("finance.mean", Compiler = "cpu")]
    public static readonly Expression<Mean> Average = x => Tensor.Average<double>(x);

    [ConcreteAlgorithm("finance.centre", Compiler = "cpu")]
    public static readonly Expression<Centre> Difference = (x, mean) => x - mean;

    [ConcreteAlgorithm("finance.square", Compiler = "cpu")]
    public static readonly Expression<Square> Product = x => x * x;

    [ConcreteAlgorithm("finance.variance", Compiler = "cpu")]
    public static readonly Expression<Variance> OfSample = squares =>
        Tensor.Sum<double>(squares) / ((long)squares.FlattenedLength - 1);

    [ConcreteAlgorithm("finance.annualize", Compiler = "cpu")]
    public static readonly Expression<Annualize> RootOfTime = (variance, days) => Math.Sqrt(variance * days);

    /// <summary>Each day's price over that of the day before.</summary>
    [ConcreteAlgorithm("finance.ratios")]
    public static Tensor<double> DayByDay(Tensor<double> prices)
    {
        var count = (int)prices.FlattenedLength;
        var values = new double[count];
        prices.FlattenTo(values);
        var ratios = new double[count - 1];
        TensorPrimitives.Divide(values.AsSpan(1), values.AsSpan(0, count - 1), ratios);
        return Tensor.Create(ratios);
    }

    /// <summary>The column <c>adjclose</c> of a file of daily prices.</summary>
    public static Tensor<double> Read(string path) =>
        Tensor.Create([
            .. File.ReadLines(path)
                .Skip(1)
                .Select(line => double.Parse(line.Split(',')[5], System.Globalization.CultureInfo.InvariantCulture)),
        ]);
}
