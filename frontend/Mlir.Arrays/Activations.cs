using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Functions that networks put between their layers.</summary>
public static class Activations
{
    /// <summary>The exponentials along an axis over their sum.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> Softmax<T>(this Tensor<T> x, int axis)
        where T : IFloatingPointIeee754<T>
    {
        var exp = Elementwise.Map(Elementwise.Zip(x, Highest(x, axis), (a, max) => a - max), T.Exp);
        return Elementwise.Zip(exp, exp.Sum(axis, keepDims: true), (a, sum) => a / sum);
    }

    /// <summary>The logarithm of <c>Softmax</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> LogSoftmax<T>(this Tensor<T> x, int axis)
        where T : IFloatingPointIeee754<T>
    {
        var shifted = Elementwise.Zip(x, Highest(x, axis), (a, max) => a - max);
        var sum = Elementwise.Map(shifted, T.Exp).Sum(axis, keepDims: true);
        return Elementwise.Zip(shifted, sum, (a, s) => a - T.Log(s));
    }

    /// <summary>The elements along the last axis less their mean, over their standard deviation; <paramref name="epsilon"/> is added to the variance.</summary>
    public static Tensor<T> LayerNorm<T>(this Tensor<T> x, T epsilon)
        where T : IFloatingPointIeee754<T>
    {
        var centred = Elementwise.Zip(x, x.Mean(-1, keepDims: true), (a, mean) => a - mean);
        var variance = Elementwise.Map(centred, a => a * a).Mean(-1, keepDims: true);
        return Elementwise.Zip(centred, variance, (a, v) => a / T.Sqrt(v + epsilon));
    }

    /// <summary>As the other overload, then times <paramref name="scale"/> plus <paramref name="shift"/>, which broadcast.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor<T> LayerNorm<T>(this Tensor<T> x, Tensor<T> scale, Tensor<T> shift, T epsilon)
        where T : IFloatingPointIeee754<T> =>
        Elementwise.Zip(Elementwise.Zip(x.LayerNorm(epsilon), scale, (a, b) => a * b), shift, (a, b) => a + b);

    /// <summary>The elements, but no less than <paramref name="low"/> and no more than <paramref name="high"/>; NaN stays.</summary>
    public static Tensor<T> Clip<T>(this Tensor<T> x, T low, T high)
        where T : INumber<T> => Elementwise.Map(x, a => T.Min(T.Max(a, low), high));

    /// <summary><c>1 / (1 + exp(-x))</c>.</summary>
    public static Tensor<T> Sigmoid<T>(this Tensor<T> x)
        where T : IFloatingPointIeee754<T> => Elementwise.Map(x, a => T.One / (T.One + T.Exp(-a)));

    /// <summary>The elements that are positive, 0 for the others; NaN stays.</summary>
    public static Tensor<T> Relu<T>(this Tensor<T> x)
        where T : INumber<T> => Elementwise.Map(x, a => T.Max(a, T.Zero));

    /// <summary><c>x * Φ(x)</c> with the distribution function of the normal distribution.</summary>
    public static Tensor<T> Gelu<T>(this Tensor<T> x)
        where T : IFloatingPointIeee754<T>
    {
        var half = T.CreateChecked(0.5);
        return Elementwise.Map(
            x,
            a => half * a * (T.One + T.CreateTruncating(ErrorFunction.Of(double.CreateTruncating(a * T.Sqrt(half)))))
        );
    }

    /// <summary><c>log(1 + exp(x))</c>, which does not overflow.</summary>
    public static Tensor<T> Softplus<T>(this Tensor<T> x)
        where T : IFloatingPointIeee754<T> => Elementwise.Map(x, a => T.Max(a, T.Zero) + T.LogP1(T.Exp(-T.Abs(a))));

    /// <summary>The error function.</summary>
    public static Tensor<T> Erf<T>(this Tensor<T> x)
        where T : IFloatingPointIeee754<T> =>
        Elementwise.Map(x, a => T.CreateTruncating(ErrorFunction.Of(double.CreateTruncating(a))));

    private static Tensor<T> Highest<T>(Tensor<T> x, int axis)
        where T : IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Lengths[Axes.Normalize(axis, x.Rank)] == 0 ? x.Sum(axis, keepDims: true) : x.Max(axis, keepDims: true);
    }
}
