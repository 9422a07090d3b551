using System.Numerics.Tensors;

namespace Mlir.Cli.Quickstart;

/// <summary>What the quickstart computes: ordinary lambdas over tensors.</summary>
/// <param name="prices">The data.</param>
/// <param name="options">How to compile.</param>
internal sealed class Pipelines(PriceHistory prices, JitOptions options)
{
    // An error of 2 ulp in a logarithm grows where two of them are subtracted.
    private const ulong Elementwise = 32;

    // The eager sum adds in another order.
    private const ulong Reduction = 256;

    private static readonly double YearOfDays = Math.Sqrt(252);

    private int Rows => prices.Dates.Length;

    /// <summary>
    /// The volatility of each day by its range (Garman and Klass, 1980), in percent a year: a chain of logarithms and a root.
    /// </summary>
    public Measurement Volatility()
    {
        var scale = 100 * YearOfDays;
        var slope = (2 * Math.Log(2)) - 1;
        return Measurement.Take<Func<Tensor<double>, Tensor<double>, Tensor<double>, Tensor<double>, Tensor<double>>>(
            "volatility from the day's range",
            Rows,
            (open, high, low, close) =>
                Tensor.Sqrt<double>(
                    0.5 * (Tensor.Log<double>(high / low) * Tensor.Log<double>(high / low))
                        - slope * (Tensor.Log<double>(close / open) * Tensor.Log<double>(close / open))
                ) * scale,
            run => run(prices.Open, prices.High, prices.Low, prices.Close),
            Elementwise,
            options
        );
    }

    /// <summary>The price of a year's call option at today's price: a chain with exponentials and logarithms.</summary>
    public Measurement ForwardBand() =>
        Measurement.Take<Func<Tensor<double>, Tensor<double>, Tensor<double>, double, double, Tensor<double>>>(
            "one-sigma band, a year ahead",
            Rows,
            (close, high, low, rate, years) =>
                close
                * Tensor.Exp<double>(
                    rate * years + Tensor.Log<double>(high / low) * Math.Sqrt(252 * years) / Math.Sqrt(4 * Math.Log(2))
                ),
            run => run(prices.Close, prices.High, prices.Low, 0.03, 1.0),
            Elementwise,
            options
        );

    /// <summary>How a day feels to somebody whom losses hurt more than gains please (Kahneman and Tversky, 1992): conditional.</summary>
    public Measurement FeltReturn()
    {
        var (today, before) = Days();
        return Measurement.Take<Func<Tensor<double>, Tensor<double>, bool, Tensor<double>>>(
            "return, losses felt 2.25 times",
            Rows - 1,
            (p, q, averse) =>
                averse
                    ? Tensor.Max<double>(p / q - 1.0, 0.0) - 2.25 * Tensor.Max<double>(1.0 - p / q, 0.0)
                    : p / q - 1.0,
            run => run(today, before, true),
            Elementwise,
            options
        );
    }

    /// <summary>The volatility of the whole time: a chain fused into a sum.</summary>
    public Measurement RealizedVolatility()
    {
        var (today, before) = Days();
        var scale = 100 * YearOfDays;
        return Measurement.Take<Func<Tensor<double>, Tensor<double>, double>>(
            "volatility of all days together",
            Rows - 1,
            (p, q) => Math.Sqrt(Tensor.Average<double>(Tensor.Log<double>(p / q) * Tensor.Log<double>(p / q))) * scale,
            run => run(today, before),
            Reduction,
            options
        );
    }

    /// <summary>Each day's closing price, and that of the day before.</summary>
    private (Tensor<double> Today, Tensor<double> Before) Days()
    {
        var close = new double[Rows];
        prices.Close.FlattenTo(close);
        return (Tensor.Create(close[1..]), Tensor.Create(close[..^1]));
    }
}
