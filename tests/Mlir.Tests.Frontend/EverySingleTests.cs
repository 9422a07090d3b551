using System.Linq.Expressions;
using System.Numerics.Tensors;

namespace Mlir.Tests.Frontend;

/// <summary>
/// Functions of <c>float</c> in machine code against the same functions of <c>double</c>, which others measure against exact values: on
/// a million numbers spread over all of them, and with MLIR_NIGHTLY=1 in the environment on every <c>float</c> that there is.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class EverySingleTests
{
    private const double Limit = 2;
    private const int Count = 1 << 20;
    private static readonly bool Nightly = Environment.GetEnvironmentVariable("MLIR_NIGHTLY") == "1";

    private static readonly (
        string Name,
        Expression<Func<Tensor<float>, Tensor<float>>> Single,
        Expression<Func<Tensor<double>, Tensor<double>>> Double
    )[] Functions =
    [
        ("exp", x => Tensor.Exp<float>(x), x => Tensor.Exp<double>(x)),
        ("exp2", x => Tensor.Exp2<float>(x), x => Tensor.Exp2<double>(x)),
        ("expm1", x => Tensor.ExpM1<float>(x), x => Tensor.ExpM1<double>(x)),
        ("log", x => Tensor.Log<float>(x), x => Tensor.Log<double>(x)),
        ("log2", x => Tensor.Log2<float>(x), x => Tensor.Log2<double>(x)),
        ("log10", x => Tensor.Log10<float>(x), x => Tensor.Log10<double>(x)),
        ("log1p", x => Tensor.LogP1<float>(x), x => Tensor.LogP1<double>(x)),
        ("sin", x => Tensor.Sin<float>(x), x => Tensor.Sin<double>(x)),
        ("cos", x => Tensor.Cos<float>(x), x => Tensor.Cos<double>(x)),
        ("tan", x => Tensor.Tan<float>(x), x => Tensor.Tan<double>(x)),
        ("sinh", x => Tensor.Sinh<float>(x), x => Tensor.Sinh<double>(x)),
        ("cosh", x => Tensor.Cosh<float>(x), x => Tensor.Cosh<double>(x)),
        ("tanh", x => Tensor.Tanh<float>(x), x => Tensor.Tanh<double>(x)),
        ("asin", x => Tensor.Asin<float>(x), x => Tensor.Asin<double>(x)),
        ("acos", x => Tensor.Acos<float>(x), x => Tensor.Acos<double>(x)),
        ("atan", x => Tensor.Atan<float>(x), x => Tensor.Atan<double>(x)),
        ("asinh", x => Tensor.Asinh<float>(x), x => Tensor.Asinh<double>(x)),
        ("acosh", x => Tensor.Acosh<float>(x), x => Tensor.Acosh<double>(x)),
        ("atanh", x => Tensor.Atanh<float>(x), x => Tensor.Atanh<double>(x)),
        ("cbrt", x => Tensor.Cbrt<float>(x), x => Tensor.Cbrt<double>(x)),
    ];

    public static IEnumerable<string> Names => Functions.Select(f => f.Name);

    [TestCaseSource(nameof(Names))]
    public void Is_within_two_ulp(string name)
    {
        var (_, singleLambda, doubleLambda) = Functions.Single(f => f.Name == name);
        var single = Jit.Compile(singleLambda, new() { Target = "cpu" });
        var wide = Jit.Compile(doubleLambda, new() { Target = "cpu" });
        var (x, y) = (new float[Count], new float[Count]);
        var (xWide, yWide) = (new double[Count], new double[Count]);
        var (arguments, results) = (Tensor.Create(x), Tensor.Create(y));
        var (wideArguments, wideResults) = (Tensor.Create(xWide), Tensor.Create(yWide));
        var (worst, at) = (0.0, 0f);

        // Consecutive bits in a block of the nightly run; otherwise one block, spread by an odd factor.
        const uint Spread = 4093;
        var blocks = Nightly ? (1L << 32) / Count : 1;
        for (var block = 0L; block < blocks; block++)
        {
            for (var i = 0; i < Count; i++)
            {
                var bits = Nightly ? (uint)((block * Count) + i) : (uint)i * Spread;
                xWide[i] = x[i] = BitConverter.UInt32BitsToSingle(bits);
            }

            single.Into(results, arguments);
            wide.Into(wideResults, wideArguments);
            for (var i = 0; i < Count; i++)
            {
                var error = Error(y[i], yWide[i]);
                if (!(error <= worst))
                {
                    (worst, at) = (error, x[i]);
                }
            }
        }

        var text = $"{name}: at most {worst:F3} ulp, at {at:R}";
        TestContext.Progress.WriteLine(text);
        Assert.That(worst, Is.LessThanOrEqualTo(Limit), text);
    }

    /// <summary>The distance in units in the last place of f32 at the reference; infinite where only one is NaN, or a zero has the other sign.</summary>
    private static double Error(float actual, double reference)
    {
        if (double.IsNaN(reference) || float.IsNaN(actual))
        {
            return double.IsNaN(reference) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        if (reference == 0)
        {
            return actual == 0 && float.IsNegative(actual) == double.IsNegative(reference)
                ? 0
                : double.PositiveInfinity;
        }

        if (float.IsInfinity(actual) && Math.Abs(reference) > float.MaxValue)
        {
            return Math.Sign(actual) == Math.Sign(reference) ? 0 : double.PositiveInfinity;
        }

        // An infinite result counts as the power of two above the largest number.
        var value = float.IsInfinity(actual) ? Math.CopySign(Math.ScaleB(1, 128), actual) : actual;
        var exponent = Math.Clamp(Math.ILogB(reference), -126, 127);
        return Math.Abs(value - reference) * Math.ScaleB(1, 23 - exponent);
    }
}
