using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Products of vectors, matrices and stacks of matrices.</summary>
public static class Products
{
    /// <summary>The matrix product, as <c>numpy.matmul</c>: vectors are rows on the left and columns on the right, further dimensions broadcast.</summary>
    /// <exception cref="ArgumentException">The inner sizes differ, or the others do not broadcast.</exception>
    public static Tensor<T> MatMul<T>(this Tensor<T> left, Tensor<T> right)
        where T : INumber<T> => left.MatMul<T, T>(right);

    /// <summary>The matrix product, multiplied and added in a wider type, as <c>a.MatMul&lt;sbyte, int>(b)</c>.</summary>
    /// <exception cref="ArgumentException">The inner sizes differ, or the others do not broadcast.</exception>
    public static Tensor<TSum> MatMul<T, TSum>(this Tensor<T> left, Tensor<T> right)
        where T : INumber<T>
        where TSum : INumber<TSum>
    {
        var (a, b) = (Dense<T>.Of(left), Dense<T>.Of(right));
        nint[] la = a.Rank == 1 ? [1, .. a.Lengths] : a.Lengths;
        nint[] lb = b.Rank == 1 ? [.. b.Lengths, 1] : b.Lengths;
        if (la[^1] != lb[^2])
        {
            throw new ArgumentException("The inner sizes of the matrices differ.");
        }

        nint[] batch = la.Length == 2 && lb.Length == 2 ? [] : Broadcasting.Join(la[..^2], lb[..^2]);
        var (x, y) = (new Dense<T>(a.Data, la), new Dense<T>(b.Data, lb));
        var product = Dense<TSum>.Fill(
            [.. batch, la[^2], lb[^1]],
            at =>
            {
                nint[] row =
                [
                    .. Broadcasting.Source(at.AsSpan(0, batch.Length), la.AsSpan(0, la.Length - 2)),
                    at[^2],
                    0,
                ];
                nint[] column =
                [
                    .. Broadcasting.Source(at.AsSpan(0, batch.Length), lb.AsSpan(0, lb.Length - 2)),
                    0,
                    at[^1],
                ];
                var sum = TSum.Zero;
                for (nint k = 0; k < la[^1]; k++)
                {
                    row[^1] = column[^2] = k;
                    sum += TSum.CreateTruncating(x[row]) * TSum.CreateTruncating(y[column]);
                }

                return sum;
            }
        );
        nint[] lengths = [.. batch, .. a.Rank == 1 ? [] : new[] { la[^2] }, .. b.Rank == 1 ? [] : new[] { lb[^1] }];
        return new Dense<TSum>(product.Data, lengths.Length == 0 ? [1] : lengths).ToTensor();
    }

    /// <summary>The sum of products over the last axis of one and the last but one of the other, as <c>numpy.dot</c>.</summary>
    /// <exception cref="ArgumentException">The sizes of these axes differ.</exception>
    public static Tensor<T> Dot<T>(this Tensor<T> left, Tensor<T> right)
        where T : INumber<T>
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return Einsums.Evaluate(EinsumEquation.Dot(left.Rank, right.Rank), left, right);
    }

    /// <summary>All products of an element of one and an element of the other, both taken flat: a matrix.</summary>
    public static Tensor<T> Outer<T>(this Tensor<T> left, Tensor<T> right)
        where T : INumber<T> => Einsums.Evaluate(EinsumEquation.Outer, left.Flatten(), right.Flatten());
}
