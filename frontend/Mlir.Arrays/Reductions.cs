using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Reductions along one axis or several, as NumPy's with <c>axis</c> and <c>keepdims</c>.</summary>
/// <remarks>
/// Negative axes count from the end. Each reduced axis disappears, or stays with size 1 where <c>keepDims</c> is set; where no axis would be left,
/// the result has one dimension of size 1, because a .NET tensor has no fewer.
/// </remarks>
public static class Reductions
{
    /// <summary>Adds the elements along an axis; integers wrap, nothing gives 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> Sum<T>(this Tensor<T> x, int axis, bool keepDims = false)
        where T : INumber<T> => x.Sum([axis], keepDims);

    /// <inheritdoc cref="Sum{T}(Tensor{T}, int, bool)"/>
    /// <exception cref="ArgumentException">An axis is given twice, or none.</exception>
    public static Tensor<T> Sum<T>(this Tensor<T> x, int[] axes, bool keepDims = false)
        where T : INumber<T> => AxisReduction.Apply(x, axes, keepDims, g => Moments.Sum<T>(g));

    /// <summary>Multiplies the elements along an axis; integers wrap, nothing gives 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> Product<T>(this Tensor<T> x, int axis, bool keepDims = false)
        where T : INumber<T> => x.Product([axis], keepDims);

    /// <inheritdoc cref="Product{T}(Tensor{T}, int, bool)"/>
    /// <exception cref="ArgumentException">An axis is given twice, or none.</exception>
    public static Tensor<T> Product<T>(this Tensor<T> x, int[] axes, bool keepDims = false)
        where T : INumber<T> => AxisReduction.Apply(x, axes, keepDims, g => g.Aggregate(T.One, (a, b) => a * b));

    /// <summary>The smallest element along an axis; NaN where one is NaN.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">There are no elements along the axis.</exception>
    public static Tensor<T> Min<T>(this Tensor<T> x, int axis, bool keepDims = false)
        where T : INumber<T> => x.Min([axis], keepDims);

    /// <inheritdoc cref="Min{T}(Tensor{T}, int, bool)"/>
    /// <exception cref="ArgumentException">An axis is given twice, or none.</exception>
    public static Tensor<T> Min<T>(this Tensor<T> x, int[] axes, bool keepDims = false)
        where T : INumber<T> => AxisReduction.Apply(x, axes, keepDims, g => g.Aggregate(T.Min), canBeEmpty: false);

    /// <summary>The largest element along an axis; NaN where one is NaN.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">There are no elements along the axis.</exception>
    public static Tensor<T> Max<T>(this Tensor<T> x, int axis, bool keepDims = false)
        where T : INumber<T> => x.Max([axis], keepDims);

    /// <inheritdoc cref="Max{T}(Tensor{T}, int, bool)"/>
    /// <exception cref="ArgumentException">An axis is given twice, or none.</exception>
    public static Tensor<T> Max<T>(this Tensor<T> x, int[] axes, bool keepDims = false)
        where T : INumber<T> => AxisReduction.Apply(x, axes, keepDims, g => g.Aggregate(T.Max), canBeEmpty: false);

    /// <summary>The mean along an axis; nothing gives NaN.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> Mean<T>(this Tensor<T> x, int axis, bool keepDims = false)
        where T : IFloatingPointIeee754<T> => x.Mean([axis], keepDims);

    /// <inheritdoc cref="Mean{T}(Tensor{T}, int, bool)"/>
    /// <exception cref="ArgumentException">An axis is given twice, or none.</exception>
    public static Tensor<T> Mean<T>(this Tensor<T> x, int[] axes, bool keepDims = false)
        where T : IFloatingPointIeee754<T> => AxisReduction.Apply(x, axes, keepDims, Moments.Mean);

    /// <summary>The variance along an axis: the squared distances from the mean, over the number of elements less <c>ddof</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> Var<T>(this Tensor<T> x, int axis, int ddof = 0, bool keepDims = false)
        where T : IFloatingPointIeee754<T> => x.Var([axis], ddof, keepDims);

    /// <inheritdoc cref="Var{T}(Tensor{T}, int, int, bool)"/>
    /// <exception cref="ArgumentException">An axis is given twice, or none.</exception>
    public static Tensor<T> Var<T>(this Tensor<T> x, int[] axes, int ddof = 0, bool keepDims = false)
        where T : IFloatingPointIeee754<T> => AxisReduction.Apply(x, axes, keepDims, g => Moments.Variance(g, ddof));

    /// <summary>The standard deviation along an axis, the root of <c>Var</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> Std<T>(this Tensor<T> x, int axis, int ddof = 0, bool keepDims = false)
        where T : IFloatingPointIeee754<T> => x.Std([axis], ddof, keepDims);

    /// <inheritdoc cref="Std{T}(Tensor{T}, int, int, bool)"/>
    /// <exception cref="ArgumentException">An axis is given twice, or none.</exception>
    public static Tensor<T> Std<T>(this Tensor<T> x, int[] axes, int ddof = 0, bool keepDims = false)
        where T : IFloatingPointIeee754<T> =>
        AxisReduction.Apply(x, axes, keepDims, g => T.Sqrt(Moments.Variance(g, ddof)));

    /// <summary>The Euclidean norm along an axis; nothing gives 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> Norm<T>(this Tensor<T> x, int axis, bool keepDims = false)
        where T : IFloatingPointIeee754<T> => x.Norm([axis], keepDims);

    /// <inheritdoc cref="Norm{T}(Tensor{T}, int, bool)"/>
    /// <exception cref="ArgumentException">An axis is given twice, or none.</exception>
    public static Tensor<T> Norm<T>(this Tensor<T> x, int[] axes, bool keepDims = false)
        where T : IFloatingPointIeee754<T> =>
        AxisReduction.Apply(x, axes, keepDims, g => T.Sqrt(Moments.Sum<T>([.. g.Select(a => a * a)])));

    /// <summary>The logarithm of the sum of the exponentials along an axis, which does not overflow.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">There are no elements along the axis.</exception>
    public static Tensor<T> LogSumExp<T>(this Tensor<T> x, int axis, bool keepDims = false)
        where T : IFloatingPointIeee754<T> => x.LogSumExp([axis], keepDims);

    /// <inheritdoc cref="LogSumExp{T}(Tensor{T}, int, bool)"/>
    /// <exception cref="ArgumentException">An axis is given twice, or none.</exception>
    public static Tensor<T> LogSumExp<T>(this Tensor<T> x, int[] axes, bool keepDims = false)
        where T : IFloatingPointIeee754<T> =>
        AxisReduction.Apply(x, axes, keepDims, Moments.LogSumExp, canBeEmpty: false);

    /// <summary>Whether any element along an axis is true.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<bool> Any(this Tensor<bool> x, int axis, bool keepDims = false) => x.Any([axis], keepDims);

    /// <inheritdoc cref="Any(Tensor{bool}, int, bool)"/>
    /// <exception cref="ArgumentException">An axis is given twice, or none.</exception>
    public static Tensor<bool> Any(this Tensor<bool> x, int[] axes, bool keepDims = false) =>
        AxisReduction.Apply(x, axes, keepDims, g => g.Contains(true));

    /// <summary>Whether all elements along an axis are true; nothing gives true.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<bool> All(this Tensor<bool> x, int axis, bool keepDims = false) => x.All([axis], keepDims);

    /// <inheritdoc cref="All(Tensor{bool}, int, bool)"/>
    /// <exception cref="ArgumentException">An axis is given twice, or none.</exception>
    public static Tensor<bool> All(this Tensor<bool> x, int[] axes, bool keepDims = false) =>
        AxisReduction.Apply(x, axes, keepDims, g => !g.Contains(false));

    /// <summary>Where along an axis the smallest element stands: the first such, or the first NaN.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">There are no elements along the axis.</exception>
    public static Tensor<long> ArgMin<T>(this Tensor<T> x, int axis, bool keepDims = false)
        where T : INumber<T> =>
        AxisReduction.Apply(x, [axis], keepDims, g => Extremes.Find(g, (a, b) => a < b), canBeEmpty: false);

    /// <summary>Where along an axis the largest element stands: the first such, or the first NaN.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">There are no elements along the axis.</exception>
    public static Tensor<long> ArgMax<T>(this Tensor<T> x, int axis, bool keepDims = false)
        where T : INumber<T> =>
        AxisReduction.Apply(x, [axis], keepDims, g => Extremes.Find(g, (a, b) => a > b), canBeEmpty: false);
}
