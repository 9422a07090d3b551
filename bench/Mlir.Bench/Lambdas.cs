using System.Linq.Expressions;
using System.Numerics.Tensors;

namespace Mlir.Bench;

/// <summary>The lambdas whose compilation is measured.</summary>
internal static class Lambdas
{
    public static readonly JitOptions Uncached = new() { UseCache = false };

    public static readonly Expression<Func<double, double, double>> Add = (x, y) => x + y;

    public static readonly Expression<Func<Tensor<double>, Tensor<double>, Tensor<double>>> TenOps =
        (x, y) => ((((x + y) * 0.5 - y) * x + 1.0) * y - x) * 0.25 * x + y;

    /// <summary>The price of a European call: spot, strike, years, rate, volatility. The normal distribution is Φ(d), here by its logistic approximation 1/(1 + exp(−1.702 d)).</summary>
    public static readonly Expression<Func<Tensor<double>, Tensor<double>, Tensor<double>, double, double, Tensor<double>>> BlackScholes =
        (s, k, t, r, v) =>
            s * Tensor.Sigmoid<double>((Tensor.Log<double>(s / k) + t * (r + v * v / 2)) / (Tensor.Sqrt<double>(t) * v) * 1.702)
            - k * Tensor.Exp<double>(t * -r)
                * Tensor.Sigmoid<double>(((Tensor.Log<double>(s / k) + t * (r + v * v / 2)) / (Tensor.Sqrt<double>(t) * v) - Tensor.Sqrt<double>(t) * v) * 1.702);
}
