using System.Numerics;

namespace Mlir.Tests.Arrays.Accuracy;

/// <summary>Running sums, matrix products and sums of exponentials against exact arithmetic and the bounds of <see cref="ErrorBound"/>.</summary>
[TestFixture(typeof(double))]
[TestFixture(typeof(float))]
public sealed class SequenceErrorTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The order of running sums, as docs/arrays.md has it.
    private const int Block = 65_536;
    private const int Parts = 8;

    // Running sums are compared at every place of short tensors, at some of long ones.
    private const int Stride = 487;

    // Elementary functions are within 2 units in the last place, each at most 2u of the result.
    private static readonly double Elementary = 4 * ErrorBound.UnitRoundoff<T>();
    private static readonly double U = ErrorBound.UnitRoundoff<T>();

    /// <summary>
    /// Within a block element <c>i</c> takes part in at most as many additions as there are elements before it; blocks before it bring their total, of
    /// <c>Block / 8</c> and 3 additions, and one addition for each block.
    /// </summary>
    [TestCaseSource(typeof(Samples), nameof(Samples.Counts))]
    public void Running_sums(int count)
    {
        var compiled = Jit.Compile((Tensor<T> x) => x.CumulativeSum(0)).Invoke;
        foreach (var numbers in Samples.All<T>(count))
        {
            var x = Samples.ToTensor<T>(numbers);
            foreach (var result in new[] { compiled(x), x.CumulativeSum(0) })
            {
                var (sum, magnitude) = (new ExactSum(), 0.0);
                for (var i = 0; i < count; i++)
                {
                    sum.Add(numbers[i]);
                    magnitude += Math.Abs(numbers[i]);
                    if (count <= 1000 || i % Stride == 0 || i % Block is 0 or Block - 1 || i == count - 1)
                    {
                        var (block, within) = Math.DivRem(i, Block);
                        var depth = within + (block == 0 ? 0 : 1 + Math.Max(0, block - 1 + (Block / Parts) - 1 + 3));

                        // The magnitudes are added in double precision, which may lose a few units of their own.
                        var bound = ErrorBound.Gamma<T>(depth) * magnitude * (1 + 1e-9);
                        Near(result[i], sum.Value, bound, $"running sum {i} of {count}");
                    }
                }
            }
        }
    }

    /// <summary>
    /// An element of a product has <c>k</c> products and <c>k − 1</c> sums, or <c>k</c> fused ones: <c>γ(k) |A| |B|</c> in any order
    /// (Higham, section 3.5, (3.13)).
    /// </summary>
    [TestCase(1, 1, 1)]
    [TestCase(3, 2, 1)]
    [TestCase(5, 33, 7)]
    [TestCase(1, 1000, 40)]
    [TestCase(40, 1000, 1)]
    [TestCase(64, 100, 48)]
    [TestCase(4, 8193, 5)]
    [TestCase(2, 300_001, 3)]
    public void Matrix_products(int rows, int inner, int columns)
    {
        var compiled = Jit.Compile((Tensor<T> x, Tensor<T> y) => x.MatMul(y)).Invoke;
        foreach (var left in new[] { Samples.Wide<T>(rows * inner), Samples.Cancelling<T>(rows * inner) })
        {
            var right = Samples.Offset<T>(inner * columns);
            var (a, b) = (Samples.ToTensor<T>(left, rows, inner), Samples.ToTensor<T>(right, inner, columns));
            var (machine, eager) = (compiled(a, b), a.MatMul(b));
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    var (sum, magnitude) = (new ExactSum(), new ExactSum());
                    for (var k = 0; k < inner; k++)
                    {
                        var (x, y) = (left[(i * inner) + k], right[(k * columns) + j]);
                        sum.AddProduct(x, y);
                        magnitude.AddProduct(Math.Abs(x), Math.Abs(y));
                    }

                    var (exact, bound) = (sum.Value, ErrorBound.Gamma<T>(inner) * magnitude.Value.ToDouble());
                    Near(machine[i, j], exact, bound, $"compiled product at {i}, {j}");
                    Near(eager[i, j], exact, bound, $"uncompiled product at {i}, {j}");
                }
            }
        }
    }

    /// <summary>
    /// With <c>m</c> the largest element, <c>s = Σ exp(xᵢ − m)</c> and <c>pᵢ</c> the shares: rounding <c>xᵢ − m</c> changes its exponential by
    /// <c>u |xᵢ − m|</c> of it, so that <c>s</c> is off by at most <c>e = u Σpᵢ|xᵢ − m| + 4u + γ(h)</c> of it, to first order
    /// (P. Blanchard, D. J. Higham, N. J. Higham, <em>Accurately computing the log-sum-exp and softmax functions</em>, IMA J. Numer. Anal. 41 (2021),
    /// section 4). The logarithm adds <c>4u |log s|</c>, the last sum <c>u |y|</c>; a share adds the error of its own exponential and of the quotient.
    /// </summary>
    [TestCaseSource(typeof(Samples), nameof(Samples.Counts))]
    public void Sums_of_exponentials_and_shares(int count)
    {
        var numbers = Samples.Exponents<T>(count);
        var x = Samples.ToTensor<T>(numbers);
        var max = numbers.Max();
        var known = numbers.Distinct().ToDictionary(v => v, v => FixedPoint.Exp(Rational.Of(v) - Rational.Of(max)));
        var one = known[max].Denominator;
        var sum = new Rational(numbers.Aggregate(BigInteger.Zero, (s, v) => s + known[v].Numerator), one);
        var log = FixedPoint.Log(sum);
        var exact = log - Rational.Of(-max);
        var distance = numbers.Sum(v => known[v].ToDouble() * (max - v)) / sum.ToDouble();

        var logSumExp = Jit.Compile((Tensor<T> x) => x.LogSumExp(0)).Invoke;
        var softmax = Jit.Compile((Tensor<T> x) => x.Softmax(0)).Invoke;
        (string Name, int Depth, T Sum, Tensor<T> Shares)[] ways =
        [
            ("compiled", ErrorBound.Whole<T>(count), logSumExp(x)[0], softmax(x)),
            ("uncompiled", ErrorBound.Eager(count), x.LogSumExp(0)[0], x.Softmax(0)),
        ];
        foreach (var (name, depth, actual, shares) in ways)
        {
            var ofSum = (U * distance) + Elementary + ErrorBound.Gamma<T>(depth);
            var bound = ofSum + (Elementary * Math.Abs(log.ToDouble())) + (U * Math.Abs(exact.ToDouble()));
            Near(actual, exact, SecondOrder(bound), "log-sum-exp, " + name);
            for (var i = 0; i < count; i += count <= 1000 ? 1 : Stride)
            {
                var share = new Rational(known[numbers[i]].Numerator, sum.Numerator);
                var ofShare = ofSum + (U * (max - numbers[i])) + Elementary + U;
                Near(shares[i], share, SecondOrder(ofShare) * share.ToDouble(), $"share {i}, {name}");
            }
        }
    }

    /// <summary>Errors of first order are below 10⁻³ here, so that what their products add is below this part of them.</summary>
    private static double SecondOrder(double bound) => bound * 1.002;

    private static void Near(T actual, Rational exact, double bound, string what) =>
        Assert.That(
            (Rational.Of(double.CreateChecked(actual)) - exact).Magnitude.ToDouble(),
            Is.AtMost(bound),
            $"{what}: {actual} for {exact.ToDouble()}"
        );
}
