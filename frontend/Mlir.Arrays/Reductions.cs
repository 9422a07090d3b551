using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Reductions along one axis or several, as NumPy's with <c>axis</c> and <c>keepdims</c>.</summary>
/// <remarks>
/// Negative axes count from the end. Each reduced axis disappears, or stays with size 1 where <c>keepDims</c> is set; where no axis would be left,
/// the result has one dimension of size 1, because a .NET tensor has no fewer.
/// </remarks>
public static partial class Reductions
{
    /// <summary>Adds the elements along an axis; integers wrap, nothing gives 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor<T> Sum<T>(this Tensor<T> x, int axis, bool keepDims = false)
        where T : INumber<T> => x.Sum([axis], keepDims);

    /// <inheritdoc cref="Sum{T}(Tensor{T}, int, bool)"/>
    /// <exception cref="ArgumentException">An axis is given twice, or none.</exception>
    public static Tensor<T> Sum<T>(this Tensor<T> x, int[] axes, bool keepDims = false)
        where T : INumber<T> =>
        AxisReduction.Apply(x, axes, keepDims, group => group.Aggregate(T.Zero, (a, b) => a + b));
}
