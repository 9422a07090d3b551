using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>
/// The functions that <see cref="TensorPrimitives"/> has for spans and <see cref="Tensor"/> lacks, for tensors, which broadcast. Each computes what the
/// scalar function of its name does.
/// </summary>
public static partial class TensorFunctions
{
    /// <summary><c>(x + y) * z</c>.</summary>
    public static Tensor<T> AddMultiply<T>(this Tensor<T> x, Tensor<T> y, Tensor<T> z)
        where T : INumberBase<T> => Join(Join(x, y, (a, b) => (a, b)), z, (p, c) => (p.a + p.b) * c);

    /// <summary><c>(x + y) * z</c>.</summary>
    public static Tensor<T> AddMultiply<T>(this Tensor<T> x, Tensor<T> y, T z)
        where T : INumberBase<T> => Join(x, y, (a, b) => (a + b) * z);

    /// <summary><c>(x + y) * z</c>.</summary>
    public static Tensor<T> AddMultiply<T>(this Tensor<T> x, T y, Tensor<T> z)
        where T : INumberBase<T> => Join(x, z, (a, c) => (a + y) * c);

    /// <summary><c>x * y + z</c>, rounded twice.</summary>
    public static Tensor<T> MultiplyAdd<T>(this Tensor<T> x, Tensor<T> y, Tensor<T> z)
        where T : INumberBase<T> => Join(Join(x, y, (a, b) => (a, b)), z, (p, c) => (p.a * p.b) + c);

    /// <summary><c>x * y + z</c>, rounded twice.</summary>
    public static Tensor<T> MultiplyAdd<T>(this Tensor<T> x, Tensor<T> y, T z)
        where T : INumberBase<T> => Join(x, y, (a, b) => (a * b) + z);

    /// <summary><c>x * y + z</c>, rounded twice.</summary>
    public static Tensor<T> MultiplyAdd<T>(this Tensor<T> x, T y, Tensor<T> z)
        where T : INumberBase<T> => Join(x, z, (a, c) => (a * y) + c);

    /// <summary><c>x * y + z</c>, rounded once.</summary>
    public static Tensor<T> FusedMultiplyAdd<T>(this Tensor<T> x, Tensor<T> y, Tensor<T> z)
        where T : IFloatingPointIeee754<T> =>
        Join(Join(x, y, (a, b) => (a, b)), z, (p, c) => T.FusedMultiplyAdd(p.a, p.b, c));

    /// <summary><c>x * y + z</c>, rounded once.</summary>
    public static Tensor<T> FusedMultiplyAdd<T>(this Tensor<T> x, Tensor<T> y, T z)
        where T : IFloatingPointIeee754<T> => Join(x, y, (a, b) => T.FusedMultiplyAdd(a, b, z));

    /// <summary><c>x * y + z</c>, rounded once.</summary>
    public static Tensor<T> FusedMultiplyAdd<T>(this Tensor<T> x, T y, Tensor<T> z)
        where T : IFloatingPointIeee754<T> => Join(x, z, (a, c) => T.FusedMultiplyAdd(a, y, c));

    /// <summary><c>x * y + z</c>, rounded once; eagerly perhaps twice.</summary>
    public static Tensor<T> MultiplyAddEstimate<T>(this Tensor<T> x, Tensor<T> y, Tensor<T> z)
        where T : IFloatingPointIeee754<T> =>
        Join(Join(x, y, (a, b) => (a, b)), z, (p, c) => T.FusedMultiplyAdd(p.a, p.b, c));

    /// <summary><c>x * y + z</c>, rounded once; eagerly perhaps twice.</summary>
    public static Tensor<T> MultiplyAddEstimate<T>(this Tensor<T> x, Tensor<T> y, T z)
        where T : IFloatingPointIeee754<T> => Join(x, y, (a, b) => T.FusedMultiplyAdd(a, b, z));

    /// <summary><c>x * y + z</c>, rounded once; eagerly perhaps twice.</summary>
    public static Tensor<T> MultiplyAddEstimate<T>(this Tensor<T> x, T y, Tensor<T> z)
        where T : IFloatingPointIeee754<T> => Join(x, z, (a, c) => T.FusedMultiplyAdd(a, y, c));

    /// <summary><c>x * (1 - z) + y * z</c>.</summary>
    public static Tensor<T> Lerp<T>(this Tensor<T> x, Tensor<T> y, Tensor<T> z)
        where T : IFloatingPointIeee754<T> => Join(Join(x, y, (a, b) => (a, b)), z, (p, c) => T.Lerp(p.a, p.b, c));

    /// <summary><c>x * (1 - z) + y * z</c>.</summary>
    public static Tensor<T> Lerp<T>(this Tensor<T> x, Tensor<T> y, T z)
        where T : IFloatingPointIeee754<T> => Join(x, y, (a, b) => T.Lerp(a, b, z));

    /// <summary><c>x * (1 - z) + y * z</c>.</summary>
    public static Tensor<T> Lerp<T>(this Tensor<T> x, T y, Tensor<T> z)
        where T : IFloatingPointIeee754<T> => Join(x, z, (a, c) => T.Lerp(a, y, c));

    /// <summary>The elements, but no less than <paramref name="min"/> and no more than <paramref name="max"/>; NaN stays.</summary>
    /// <exception cref="ArgumentException"><paramref name="min"/> is greater than <paramref name="max"/>.</exception>
    public static Tensor<T> Clamp<T>(this Tensor<T> x, T min, T max)
        where T : INumber<T> => Elementwise.Map(x, a => T.Clamp(a, min, max));

    /// <summary>As the other overload, element by element.</summary>
    /// <exception cref="ArgumentException">A minimum is greater than its maximum.</exception>
    public static Tensor<T> Clamp<T>(this Tensor<T> x, Tensor<T> min, Tensor<T> max)
        where T : INumber<T> => Join(Join(x, min, (a, low) => (a, low)), max, (p, high) => T.Clamp(p.a, p.low, high));

    /// <summary>The next larger floats.</summary>
    public static Tensor<T> BitIncrement<T>(this Tensor<T> x)
        where T : IFloatingPointIeee754<T> => Elementwise.Map(x, T.BitIncrement);

    /// <summary>The next smaller floats.</summary>
    public static Tensor<T> BitDecrement<T>(this Tensor<T> x)
        where T : IFloatingPointIeee754<T> => Elementwise.Map(x, T.BitDecrement);

    /// <summary><c>1 / x</c>.</summary>
    public static Tensor<T> ReciprocalEstimate<T>(this Tensor<T> x)
        where T : IFloatingPointIeee754<T> => Elementwise.Map(x, a => T.One / a);

    /// <summary><c>1 / √x</c>.</summary>
    public static Tensor<T> ReciprocalSqrt<T>(this Tensor<T> x)
        where T : IFloatingPointIeee754<T> => Elementwise.Map(x, a => T.One / T.Sqrt(a));

    /// <summary><c>1 / √x</c>.</summary>
    public static Tensor<T> ReciprocalSqrtEstimate<T>(this Tensor<T> x)
        where T : IFloatingPointIeee754<T> => Elementwise.Map(x, a => T.One / T.Sqrt(a));

    /// <summary>−1, 0 or 1.</summary>
    /// <exception cref="ArithmeticException">An element is NaN.</exception>
    public static Tensor<int> Sign<T>(this Tensor<T> x)
        where T : INumber<T> => Elementwise.Map(x, a => T.Sign(a));

    /// <summary><c>x * 2ⁿ</c>, rounded once.</summary>
    public static Tensor<T> ScaleB<T>(this Tensor<T> x, int n)
        where T : IFloatingPointIeee754<T> => Elementwise.Map(x, a => T.ScaleB(a, n));

    /// <summary>The remainder of a division, with the sign of <paramref name="x"/>.</summary>
    /// <exception cref="DivideByZeroException">An integer is divided by zero.</exception>
    public static Tensor<T> Remainder<T>(this Tensor<T> x, Tensor<T> y)
        where T : IModulusOperators<T, T, T> => Join(x, y, (a, b) => a % b);

    /// <summary>As the other overload, for one divisor.</summary>
    /// <exception cref="DivideByZeroException">An integer is divided by zero.</exception>
    public static Tensor<T> Remainder<T>(this Tensor<T> x, T y)
        where T : IModulusOperators<T, T, T> => Elementwise.Map(x, a => a % y);

    /// <summary>Quotients and remainders of integers.</summary>
    /// <exception cref="DivideByZeroException">A divisor is zero.</exception>
    public static (Tensor<T> Quotient, Tensor<T> Remainder) DivRem<T>(this Tensor<T> x, Tensor<T> y)
        where T : IBinaryInteger<T> => (Join(x, y, (a, b) => a / b), Join(x, y, (a, b) => a % b));

    /// <summary>Sines and cosines.</summary>
    public static (Tensor<T> Sin, Tensor<T> Cos) SinCos<T>(this Tensor<T> x)
        where T : ITrigonometricFunctions<T> => (Elementwise.Map(x, T.Sin), Elementwise.Map(x, T.Cos));

    /// <summary>Sines and cosines of <c>πx</c>.</summary>
    public static (Tensor<T> SinPi, Tensor<T> CosPi) SinCosPi<T>(this Tensor<T> x)
        where T : ITrigonometricFunctions<T> => (Elementwise.Map(x, T.SinPi), Elementwise.Map(x, T.CosPi));

    /// <summary>The sum of the squares of all elements.</summary>
    public static T SumOfSquares<T>(this Tensor<T> x)
        where T : INumberBase<T> => Dense<T>.Of(x).Data.Aggregate(T.Zero, (sum, a) => sum + (a * a));

    /// <summary>The sum of the absolute values of all elements.</summary>
    /// <exception cref="OverflowException">An integer is the smallest one, whose absolute value does not exist.</exception>
    public static T SumOfMagnitudes<T>(this Tensor<T> x)
        where T : INumberBase<T> => Dense<T>.Of(x).Data.Aggregate(T.Zero, (sum, a) => sum + T.Abs(a));

    /// <summary>The product of the sums of elements of two tensors, which broadcast.</summary>
    public static T ProductOfSums<T>(this Tensor<T> x, Tensor<T> y)
        where T : INumberBase<T> =>
        Dense<T>.Of(Join(x, y, (a, b) => a + b)).Data.Aggregate(T.One, (product, a) => product * a);

    /// <summary>The product of the differences of elements of two tensors, which broadcast.</summary>
    public static T ProductOfDifferences<T>(this Tensor<T> x, Tensor<T> y)
        where T : INumberBase<T> =>
        Dense<T>.Of(Join(x, y, (a, b) => a - b)).Data.Aggregate(T.One, (product, a) => product * a);

    /// <summary>In how many places two tensors, which broadcast, differ.</summary>
    public static int HammingDistance<T>(this Tensor<T> x, Tensor<T> y)
        where T : IEqualityOperators<T, T, bool> =>
        Dense<bool>.Of(Join(x, y, (a, b) => a != b)).Data.Count(differ => differ);

    /// <summary>In how many bits the integers of two tensors, which broadcast, differ.</summary>
    public static long HammingBitDistance<T>(this Tensor<T> x, Tensor<T> y)
        where T : IBinaryInteger<T> =>
        Dense<long>.Of(Join(x, y, (a, b) => long.CreateTruncating(T.PopCount(a ^ b)))).Data.Sum();

    private static Tensor<TResult> Join<TLeft, TRight, TResult>(
        Tensor<TLeft> x,
        Tensor<TRight> y,
        Func<TLeft, TRight, TResult> function
    )
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var lengths = Broadcasting.Join([x.Lengths.ToArray(), y.Lengths.ToArray()]);
        var (a, b) = (Broadcasting.To(x, lengths), Broadcasting.To(y, lengths));
        return new Dense<TResult>([.. a.Data.Zip(b.Data, function)], lengths).ToTensor();
    }
}
