using System.Numerics;

namespace Mlir.Tests.Arrays.Accuracy;

/// <summary>
/// Sums and what is made of them, compiled and uncompiled, against exact arithmetic: no error is larger than the order of additions allows
/// (<see cref="ErrorBound"/>), however badly the numbers cancel.
/// </summary>
[TestFixture(typeof(double))]
[TestFixture(typeof(float))]
public sealed class ReductionErrorTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Columns = 3;
    private static readonly double U = ErrorBound.UnitRoundoff<T>();

    /// <summary>How a function is run, and how many additions a reduction of so many elements has then.</summary>
    private sealed record Way(string Name, bool IsCompiled, Func<int, int> Depth);

    private static readonly Way[] Ways =
    [
        new("compiled", true, ErrorBound.Whole<T>),
        new("uncompiled", false, ErrorBound.Eager),
    ];

    [TestCaseSource(typeof(Samples), nameof(Samples.Counts))]
    public void Sums_and_means(int count)
    {
        var sum = Functions((Tensor<T> x) => x.Sum(0));
        var mean = Functions((Tensor<T> x) => x.Mean(0));
        foreach (var numbers in Samples.All<T>(count))
        {
            var x = Samples.ToTensor<T>(numbers);
            var (exact, magnitude) = (ExactSum.Of(numbers), ExactSum.Of(numbers.Select(Math.Abs)).ToDouble());
            foreach (var way in Ways)
            {
                var depth = way.Depth(count);
                Near(sum(way)(x)[0], exact, ErrorBound.Gamma<T>(depth) * magnitude, "sum, " + way.Name);
                var bound = ErrorBound.Gamma<T>(depth + 1) * magnitude / count;
                Near(mean(way)(x)[0], exact / count, bound, "mean, " + way.Name);
            }
        }
    }

    [TestCaseSource(typeof(Samples), nameof(Samples.Counts))]
    public void Sums_of_rows_and_of_columns(int count)
    {
        var rows = Functions((Tensor<T> x) => x.Sum(1));
        var columns = Functions((Tensor<T> x) => x.Sum(0));
        var numbers = Samples.Cancelling<T>(Columns * count);
        foreach (var way in Ways)
        {
            var byRow = rows(way)(Samples.ToTensor<T>(numbers, Columns, count));
            var byColumn = columns(way)(Samples.ToTensor<T>(numbers, count, Columns));
            for (var i = 0; i < Columns; i++)
            {
                var row = numbers.Skip(i * count).Take(count).ToArray();
                var column = numbers.Where((_, at) => at % Columns == i).ToArray();
                Check(byRow[i], row, way.IsCompiled ? ErrorBound.OneLeaf<T>(count) : way.Depth(count), way.Name);
                Check(byColumn[i], column, way.IsCompiled ? ErrorBound.Column(count) : way.Depth(count), way.Name);
            }
        }

        static void Check(T actual, double[] terms, int depth, string what) =>
            Near(
                actual,
                ExactSum.Of(terms),
                ErrorBound.Gamma<T>(depth) * ExactSum.Of(terms.Select(Math.Abs)).ToDouble(),
                what
            );
    }

    /// <summary>
    /// The variance is that of two passes. With <c>d</c> the error of the mean, at most <c>γ(h + 1)</c> times the mean magnitude, the second pass adds up
    /// <c>Σ(xᵢ − m)² + n d²</c> with two roundings of each difference, one of each square, <c>h</c> of the sum and one of the quotient (Higham, section 1.9).
    /// </summary>
    [TestCaseSource(typeof(Samples), nameof(Samples.Counts))]
    public void Variances_and_deviations(int count)
    {
        var variance = Functions((Tensor<T> x) => x.Var(0));
        var deviation = Functions((Tensor<T> x) => x.Std(0));
        foreach (var numbers in Samples.All<T>(count))
        {
            var x = Samples.ToTensor<T>(numbers);
            var (sum, squares) = (ExactSum.Of(numbers), SumOfProducts(numbers, numbers));
            var exact = (squares / count) - ((sum * sum) / ((BigInteger)count * count));
            var magnitude = ExactSum.Of(numbers.Select(Math.Abs)).ToDouble() / count;
            foreach (var way in Ways)
            {
                var depth = way.Depth(count);
                var d = ErrorBound.Gamma<T>(depth + 1) * magnitude;
                var true2 = exact.ToDouble();
                var bound = (ErrorBound.Gamma<T>(depth + 4) * (true2 + (d * d))) + (d * d);
                Near(variance(way)(x)[0], exact, bound, "variance, " + way.Name);

                // The root of a number between V − bound and V + bound, rounded once.
                var root = double.CreateChecked(deviation(way)(x)[0]);
                var (low, high) = (Math.Sqrt(Math.Max(0, true2 - bound)), Math.Sqrt(true2 + bound));
                Assert.That(root, Is.InRange(low * (1 - (2 * U)), high * (1 + (2 * U))), "deviation, " + way.Name);
            }
        }
    }

    [TestCaseSource(typeof(Samples), nameof(Samples.Counts))]
    public void Norms_and_scalar_products(int count)
    {
        var norm = Functions((Tensor<T> x) => x.Norm(0));
        var dot = Functions((Tensor<T> x, Tensor<T> y) => x.Dot(y));
        foreach (var numbers in Samples.All<T>(count))
        {
            var others = Samples.Wide<T>(count);
            var (x, y) = (Samples.ToTensor<T>(numbers), Samples.ToTensor<T>(others));
            var (squares, exact) = (SumOfProducts(numbers, numbers), SumOfProducts(numbers, others));
            var magnitude = SumOfProducts(numbers.Select(Math.Abs), others.Select(Math.Abs)).ToDouble();
            foreach (var way in Ways)
            {
                // The square of the result, exactly: the errors of the root, twice, join those of the sum.
                var root = Rational.Of(double.CreateChecked(norm(way)(x)[0]));
                var bound = ErrorBound.Gamma<T>(way.Depth(count) + 3) * squares.ToDouble();
                Assert.That((root * root - squares).Magnitude.ToDouble(), Is.AtMost(bound), "norm, " + way.Name);

                var steps = way.Depth(count) + 1;
                Near(dot(way)(x, y)[0], exact, ErrorBound.Gamma<T>(steps) * magnitude, "dot, " + way.Name);
            }
        }
    }

    /// <summary>However a product is bracketed, it has <c>n − 1</c> roundings (Higham, section 3.1).</summary>
    [TestCaseSource(typeof(Samples), nameof(Samples.Counts))]
    public void Products(int count)
    {
        var product = Functions((Tensor<T> x) => x.Product(0));
        var numbers = Samples.NearOne<T>(count);
        var exact = FixedPoint.Product(numbers);
        foreach (var way in Ways)
        {
            var bound = ErrorBound.Gamma<T>(count) * exact.ToDouble();
            Near(product(way)(Samples.ToTensor<T>(numbers))[0], exact, bound, "product, " + way.Name);
        }
    }

    private static Rational SumOfProducts(IEnumerable<double> x, IEnumerable<double> y)
    {
        var sum = new ExactSum();
        foreach (var (a, b) in x.Zip(y))
        {
            sum.AddProduct(a, b);
        }

        return sum.Value;
    }

    private static void Near(T actual, Rational exact, double bound, string what) =>
        Assert.That(
            (Rational.Of(double.CreateChecked(actual)) - exact).Magnitude.ToDouble(),
            Is.AtMost(bound),
            $"{what}: {actual} for {exact.ToDouble()}"
        );

    private static Func<Way, Func<Tensor<T>, Tensor<T>>> Functions(
        System.Linq.Expressions.Expression<Func<Tensor<T>, Tensor<T>>> lambda
    )
    {
        var (compiled, eager) = (Jit.Compile(lambda), lambda.Compile());
        return way => way.IsCompiled ? compiled.Invoke : eager;
    }

    private static Func<Way, Func<Tensor<T>, Tensor<T>, Tensor<T>>> Functions(
        System.Linq.Expressions.Expression<Func<Tensor<T>, Tensor<T>, Tensor<T>>> lambda
    )
    {
        var (compiled, eager) = (Jit.Compile(lambda), lambda.Compile());
        return way => way.IsCompiled ? compiled.Invoke : eager;
    }
}
