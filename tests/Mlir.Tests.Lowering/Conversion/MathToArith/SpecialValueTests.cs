using Mlir.Dialects.Arith;
using Mlir.Dialects.Math;
using Mlir.IR;

namespace Mlir.Tests.Lowering.Conversion.MathToArith;

/// <summary>
/// NaN, zeros with their signs, infinities and exact results are those of .NET. Where .NET's result is an ordinary number only its
/// neighbourhood is compared here; <see cref="AccuracyTests"/> measures it.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class SpecialValueTests
{
    private static readonly Location At = Location.Unknown;

    private static readonly BinaryFunction[] Binary =
    [
        new("powf", (x, y) => new PowFOp(At, x, y), Math.Pow, MathF.Pow),
        new("atan2", (x, y) => new Atan2Op(At, x, y), Math.Atan2, MathF.Atan2),
        new("remf", (x, y) => new RemFOp(At, x, y), (x, y) => x % y, (x, y) => x % y),
    ];

    private static readonly UnaryFunction[] WithRound =
    [
        .. UnaryFunction.All,
        new(
            "round",
            x => new RoundOp(At, x),
            x => x,
            x => Math.Round(x, MidpointRounding.AwayFromZero),
            x => MathF.Round(x, MidpointRounding.AwayFromZero)
        ),
    ];

    [TestCaseSource(nameof(WithRound))]
    public void DoubleIsThatOfDotnet(UnaryFunction function)
    {
        double[] inputs = [.. Samples.Special, .. Samples.Special.Select(x => -x)];
        var results = function.ExpandDouble().Double(inputs);
        Assert.Multiple(() =>
        {
            for (var i = 0; i < inputs.Length; i++)
            {
                var expected = function.Double(inputs[i]);
                Assert.That(
                    Agree(results[i], expected, 1e-15),
                    $"{function.Name}({inputs[i]:R}) = {results[i]:R}, expected {expected:R}"
                );
            }
        });
    }

    [TestCaseSource(nameof(WithRound))]
    public void SingleIsThatOfDotnet(UnaryFunction function)
    {
        float[] inputs = [.. Samples.SpecialSingle, .. Samples.SpecialSingle.Select(x => -x)];
        var results = function.ExpandSingle().Single(inputs);
        Assert.Multiple(() =>
        {
            for (var i = 0; i < inputs.Length; i++)
            {
                var expected = function.Single(inputs[i]);
                Assert.That(
                    Agree(results[i], expected, 5e-7),
                    $"{function.Name}({inputs[i]:R}) = {results[i]:R}, expected {expected:R}"
                );
            }
        });
    }

    [TestCaseSource(nameof(Binary))]
    public void TwoDoublesAreThatOfDotnet(BinaryFunction function)
    {
        double[] values = [.. Samples.Special, .. Samples.Special.Select(x => -x)];
        double[] x = [.. values.SelectMany(v => Enumerable.Repeat(v, values.Length))],
            y = [.. values.SelectMany(_ => values)];
        var results = Expanded.Of(v => function.Make(v[0], v[1]), 0, FloatType.F64, FloatType.F64).Double(x, y);
        var wrong = Enumerable
            .Range(0, x.Length)
            .Where(i => !Agree(results[i], function.Double(x[i], y[i]), 1e-15))
            .ToArray();
        Assert.That(
            wrong
                .Take(10)
                .Select(i => $"({x[i]:R}, {y[i]:R}) = {results[i]:R}, expected {function.Double(x[i], y[i]):R}"),
            Is.Empty
        );
    }

    [TestCaseSource(nameof(Binary))]
    public void TwoSinglesAreThatOfDotnet(BinaryFunction function)
    {
        float[] values = [.. Samples.SpecialSingle, .. Samples.SpecialSingle.Select(x => -x)];
        float[] x = [.. values.SelectMany(v => Enumerable.Repeat(v, values.Length))],
            y = [.. values.SelectMany(_ => values)];
        var results = Expanded.Of(v => function.Make(v[0], v[1]), 0, FloatType.F32, FloatType.F32).Single(x, y);
        var wrong = Enumerable
            .Range(0, x.Length)
            .Where(i => !Agree(results[i], function.Single(x[i], y[i]), 5e-7))
            .ToArray();
        Assert.That(
            wrong
                .Take(10)
                .Select(i => $"({x[i]:R}, {y[i]:R}) = {results[i]:R}, expected {function.Single(x[i], y[i]):R}"),
            Is.Empty
        );
    }

    [Test]
    public void PowersOfTwoAndTenAreExact()
    {
        var exponents = Enumerable.Range(-1074, 2098).Select(i => (double)i).ToArray();
        var powers = Array.ConvertAll(exponents, e => Math.ScaleB(1, (int)e));
        Assert.That(Expanded.Of(v => new Exp2Op(At, v[0]), 0, FloatType.F64).Double(exponents), Is.EqualTo(powers));
        Assert.That(Expanded.Of(v => new Log2Op(At, v[0]), 0, FloatType.F64).Double(powers), Is.EqualTo(exponents));
        var tens = Enumerable.Range(0, 23).Select(i => Math.Pow(10, i)).ToArray();
        Assert.That(
            Expanded.Of(v => new Log10Op(At, v[0]), 0, FloatType.F64).Double(tens),
            Is.EqualTo(Enumerable.Range(0, 23).Select(i => (double)i))
        );
    }

    [Test]
    public void CubesHaveExactRoots()
    {
        var roots = Enumerable.Range(-2000, 4001).Select(i => (double)i).ToArray();
        Assert.That(
            Expanded.Of(v => new CbrtOp(At, v[0]), 0, FloatType.F64).Double(Array.ConvertAll(roots, r => r * r * r)),
            Is.EqualTo(roots)
        );
    }

    /// <summary>Special results must be the same bits (any NaN for NaN); ordinary ones must be close, subnormal ones within two steps.</summary>
    private static bool Agree(double actual, double expected, double tolerance)
    {
        if (double.IsNaN(actual) || double.IsNaN(expected))
        {
            return double.IsNaN(actual) && double.IsNaN(expected);
        }

        if (actual == expected)
        {
            return double.IsNegative(actual) == double.IsNegative(expected);
        }

        var step = tolerance < 1e-10 ? double.Epsilon : float.Epsilon;
        return double.IsFinite(actual)
            && double.IsFinite(expected)
            && actual != 0
            && Math.Abs(actual - expected) <= Math.Max(Math.Abs(expected) * tolerance, 2 * step);
    }
}
