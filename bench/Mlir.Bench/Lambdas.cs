using System.Linq.Expressions;
using System.Numerics.Tensors;

namespace Mlir.Bench;

/// <summary>The lambdas whose compilation is measured.</summary>
internal static class Lambdas
{
    public static readonly JitOptions Uncached = new() { UseCache = false };

    public static readonly Expression<Func<double, double, double>> Add = (x, y) => x + y;

    public static readonly Expression<Func<Tensor<double>, Tensor<double>, Tensor<double>>> TenOps = (x, y) =>
        ((((x + y) * 0.5 - y) * x + 1.0) * y - x) * 0.25 * x + y;

    private static readonly Kernel<
        Func<Tensor<double>, Tensor<double>, Tensor<double>, double, double, Tensor<double>>
    > D1 = Jit.Compile(
        (Tensor<double> s, Tensor<double> k, Tensor<double> t, double r, double v) =>
            (Tensor.Log<double>(s / k) + t * (r + v * v * 0.5)) / (Tensor.Sqrt<double>(t) * v)
    );

    /// <summary>The tail polynomial of Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.2.17 (absolute error 7.5e-8).</summary>
    private static readonly Kernel<Func<Tensor<double>, Tensor<double>>> Tail = Jit.Compile(
        (Tensor<double> k) =>
            ((((k * 1.330274429 - 1.821255978) * k + 1.781477937) * k - 0.356563782) * k + 0.319381530) * k
    );

    /// <summary>The normal distribution function.</summary>
    private static readonly Kernel<Func<Tensor<double>, Tensor<double>>> Normal = Jit.Compile(
        (Tensor<double> d) =>
            Tensor.CopySign<double>(
                0.5
                    - Tensor.Exp<double>(d * d * -0.5)
                        * 0.3989422804014327
                        * Tail.Invoke(1.0 / (Tensor.Abs<double>(d) * 0.2316419 + 1.0)),
                d
            ) + 0.5
    );

    /// <summary>The price of a European call: spot, strike, years, rate, volatility.</summary>
    public static readonly Expression<
        Func<Tensor<double>, Tensor<double>, Tensor<double>, double, double, Tensor<double>>
    > BlackScholes = (s, k, t, r, v) =>
        s * Normal.Invoke(D1.Invoke(s, k, t, r, v))
        - k * Tensor.Exp<double>(t * -r) * Normal.Invoke(D1.Invoke(s, k, t, r, v) - Tensor.Sqrt<double>(t) * v);
}
