using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Diagonals and triangles of matrices; diagonal k lies above the main one when k is positive.</summary>
public static class Triangles
{
    /// <summary>Of a vector, the matrix with it on a diagonal; of a matrix, a diagonal as a vector.</summary>
    /// <exception cref="ArgumentException">The tensor has more than two dimensions.</exception>
    public static Tensor<T> Diag<T>(this Tensor<T> x, int k = 0)
        where T : INumberBase<T>
    {
        var source = Dense<T>.Of(x);
        var (down, right) = ((nint)Math.Max(-k, 0), (nint)Math.Max(k, 0));
        switch (source.Rank)
        {
            case 1:
                var size = source.Lengths[0] + Math.Abs((nint)k);
                return Dense<T>
                    .Fill([size, size], at => at[1] - at[0] == k ? source[[at[0] - down]] : T.Zero)
                    .ToTensor();
            case 2:
                var count = Math.Max(Math.Min(source.Lengths[0] - down, source.Lengths[1] - right), 0);
                return Dense<T>.Fill([count], at => source[[at[0] + down, at[0] + right]]).ToTensor();
            default:
                throw new ArgumentException("a diagonal needs a vector or a matrix", nameof(x));
        }
    }

    /// <summary>The matrices with zeros above diagonal <paramref name="k"/>.</summary>
    /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
    public static Tensor<T> Tril<T>(this Tensor<T> x, int k = 0)
        where T : INumberBase<T> => Keep(x, (row, column) => column - row <= k);

    /// <summary>The matrices with zeros below diagonal <paramref name="k"/>.</summary>
    /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
    public static Tensor<T> Triu<T>(this Tensor<T> x, int k = 0)
        where T : INumberBase<T> => Keep(x, (row, column) => column - row >= k);

    private static Tensor<T> Keep<T>(Tensor<T> x, Func<nint, nint, bool> keep)
        where T : INumberBase<T>
    {
        var source = Dense<T>.Of(x);
        return source.Rank >= 2
            ? Dense<T>.Fill(source.Lengths, at => keep(at[^2], at[^1]) ? source[at] : T.Zero).ToTensor()
            : throw new ArgumentException("a triangle needs a matrix", nameof(x));
    }
}
