using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <content>What kind of number the elements are.</content>
public static partial class TensorFunctions
{
    /// <summary>Whether each element is the only form of its value.</summary>
    public static Tensor<bool> IsCanonical<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsCanonical);

    /// <summary>Whether every element is the only form of its value.</summary>
    public static bool IsCanonicalAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsCanonical);

    /// <summary>Whether some element is the only form of its value.</summary>
    public static bool IsCanonicalAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsCanonical);

    /// <summary>Whether each element has a real and an imaginary part that are not zero.</summary>
    public static Tensor<bool> IsComplexNumber<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsComplexNumber);

    /// <summary>Whether every element has a real and an imaginary part that are not zero.</summary>
    public static bool IsComplexNumberAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsComplexNumber);

    /// <summary>Whether some element has a real and an imaginary part that are not zero.</summary>
    public static bool IsComplexNumberAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsComplexNumber);

    /// <summary>Whether each element is an even integer.</summary>
    public static Tensor<bool> IsEvenInteger<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsEvenInteger);

    /// <summary>Whether every element is an even integer.</summary>
    public static bool IsEvenIntegerAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsEvenInteger);

    /// <summary>Whether some element is an even integer.</summary>
    public static bool IsEvenIntegerAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsEvenInteger);

    /// <summary>Whether each element is neither infinite nor NaN.</summary>
    public static Tensor<bool> IsFinite<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsFinite);

    /// <summary>Whether every element is neither infinite nor NaN.</summary>
    public static bool IsFiniteAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsFinite);

    /// <summary>Whether some element is neither infinite nor NaN.</summary>
    public static bool IsFiniteAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsFinite);

    /// <summary>Whether each element has no real part.</summary>
    public static Tensor<bool> IsImaginaryNumber<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsImaginaryNumber);

    /// <summary>Whether every element has no real part.</summary>
    public static bool IsImaginaryNumberAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsImaginaryNumber);

    /// <summary>Whether some element has no real part.</summary>
    public static bool IsImaginaryNumberAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsImaginaryNumber);

    /// <summary>Whether each element is infinite.</summary>
    public static Tensor<bool> IsInfinity<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsInfinity);

    /// <summary>Whether every element is infinite.</summary>
    public static bool IsInfinityAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsInfinity);

    /// <summary>Whether some element is infinite.</summary>
    public static bool IsInfinityAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsInfinity);

    /// <summary>Whether each element has no digits behind the point.</summary>
    public static Tensor<bool> IsInteger<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsInteger);

    /// <summary>Whether every element has no digits behind the point.</summary>
    public static bool IsIntegerAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsInteger);

    /// <summary>Whether some element has no digits behind the point.</summary>
    public static bool IsIntegerAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsInteger);

    /// <summary>Whether each element is NaN.</summary>
    public static Tensor<bool> IsNaN<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsNaN);

    /// <summary>Whether every element is NaN.</summary>
    public static bool IsNaNAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsNaN);

    /// <summary>Whether some element is NaN.</summary>
    public static bool IsNaNAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsNaN);

    /// <summary>Whether each element has its sign set, also a zero or NaN.</summary>
    public static Tensor<bool> IsNegative<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsNegative);

    /// <summary>Whether every element has its sign set, also a zero or NaN.</summary>
    public static bool IsNegativeAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsNegative);

    /// <summary>Whether some element has its sign set, also a zero or NaN.</summary>
    public static bool IsNegativeAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsNegative);

    /// <summary>Whether each element is −∞.</summary>
    public static Tensor<bool> IsNegativeInfinity<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsNegativeInfinity);

    /// <summary>Whether every element is −∞.</summary>
    public static bool IsNegativeInfinityAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsNegativeInfinity);

    /// <summary>Whether some element is −∞.</summary>
    public static bool IsNegativeInfinityAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsNegativeInfinity);

    /// <summary>Whether each element is normal: no zero, subnormal, infinite or NaN.</summary>
    public static Tensor<bool> IsNormal<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsNormal);

    /// <summary>Whether every element is normal: no zero, subnormal, infinite or NaN.</summary>
    public static bool IsNormalAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsNormal);

    /// <summary>Whether some element is normal: no zero, subnormal, infinite or NaN.</summary>
    public static bool IsNormalAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsNormal);

    /// <summary>Whether each element is an odd integer.</summary>
    public static Tensor<bool> IsOddInteger<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsOddInteger);

    /// <summary>Whether every element is an odd integer.</summary>
    public static bool IsOddIntegerAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsOddInteger);

    /// <summary>Whether some element is an odd integer.</summary>
    public static bool IsOddIntegerAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsOddInteger);

    /// <summary>Whether each element has its sign not set, also a zero or NaN.</summary>
    public static Tensor<bool> IsPositive<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsPositive);

    /// <summary>Whether every element has its sign not set, also a zero or NaN.</summary>
    public static bool IsPositiveAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsPositive);

    /// <summary>Whether some element has its sign not set, also a zero or NaN.</summary>
    public static bool IsPositiveAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsPositive);

    /// <summary>Whether each element is +∞.</summary>
    public static Tensor<bool> IsPositiveInfinity<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsPositiveInfinity);

    /// <summary>Whether every element is +∞.</summary>
    public static bool IsPositiveInfinityAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsPositiveInfinity);

    /// <summary>Whether some element is +∞.</summary>
    public static bool IsPositiveInfinityAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsPositiveInfinity);

    /// <summary>Whether each element is a power of two.</summary>
    public static Tensor<bool> IsPow2<T>(this Tensor<T> x)
        where T : IBinaryNumber<T> => Elementwise.Map(x, T.IsPow2);

    /// <summary>Whether every element is a power of two.</summary>
    public static bool IsPow2All<T>(this Tensor<T> x)
        where T : IBinaryNumber<T> => All(x, T.IsPow2);

    /// <summary>Whether some element is a power of two.</summary>
    public static bool IsPow2Any<T>(this Tensor<T> x)
        where T : IBinaryNumber<T> => Any(x, T.IsPow2);

    /// <summary>Whether each element is not NaN.</summary>
    public static Tensor<bool> IsRealNumber<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsRealNumber);

    /// <summary>Whether every element is not NaN.</summary>
    public static bool IsRealNumberAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsRealNumber);

    /// <summary>Whether some element is not NaN.</summary>
    public static bool IsRealNumberAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsRealNumber);

    /// <summary>Whether each element is subnormal.</summary>
    public static Tensor<bool> IsSubnormal<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsSubnormal);

    /// <summary>Whether every element is subnormal.</summary>
    public static bool IsSubnormalAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsSubnormal);

    /// <summary>Whether some element is subnormal.</summary>
    public static bool IsSubnormalAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsSubnormal);

    /// <summary>Whether each element is zero.</summary>
    public static Tensor<bool> IsZero<T>(this Tensor<T> x)
        where T : INumberBase<T> => Elementwise.Map(x, T.IsZero);

    /// <summary>Whether every element is zero.</summary>
    public static bool IsZeroAll<T>(this Tensor<T> x)
        where T : INumberBase<T> => All(x, T.IsZero);

    /// <summary>Whether some element is zero.</summary>
    public static bool IsZeroAny<T>(this Tensor<T> x)
        where T : INumberBase<T> => Any(x, T.IsZero);

    private static bool All<T>(Tensor<T> x, Func<T, bool> test) => Array.TrueForAll(Dense<T>.Of(x).Data, a => test(a));

    private static bool Any<T>(Tensor<T> x, Func<T, bool> test) => Array.Exists(Dense<T>.Of(x).Data, a => test(a));
}
