using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Tensors made of nothing but sizes and numbers.</summary>
public static class Creation
{
    extension(Tensor)
    {
        /// <summary>The numbers 0, 1, 2 … below <paramref name="stop"/>.</summary>
        public static Tensor<T> ARange<T>(T stop)
            where T : INumber<T> => Tensor.ARange(T.Zero, stop, T.One);

        /// <summary>The numbers from <paramref name="start"/> in steps of 1 that lie below <paramref name="stop"/>.</summary>
        public static Tensor<T> ARange<T>(T start, T stop)
            where T : INumber<T> => Tensor.ARange(start, stop, T.One);

        /// <summary>The numbers <c>start + i * step</c> that lie before <paramref name="stop"/>.</summary>
        /// <exception cref="ArgumentException">The step is zero.</exception>
        public static Tensor<T> ARange<T>(T start, T stop, T step)
            where T : INumber<T>
        {
            var count = Counting.Steps(
                double.CreateChecked(start),
                double.CreateChecked(stop),
                double.CreateChecked(step)
            );
            return Dense<T>.Fill([count], at => start + (T.CreateTruncating(at[0]) * step)).ToTensor();
        }

        /// <summary><paramref name="count"/> numbers at equal distances from <paramref name="start"/> to <paramref name="stop"/>, both included.</summary>
        /// <exception cref="ArgumentException">The count is negative.</exception>
        public static Tensor<T> Linspace<T>(T start, T stop, int count, bool endpoint = true)
            where T : IFloatingPointIeee754<T>
        {
            var step = (stop - start) / T.CreateChecked(Math.Max(endpoint ? count - 1 : count, 1));
            return Dense<T>
                .Fill(
                    Lengths.Of([count]),
                    at => endpoint && count > 1 && at[0] == count - 1 ? stop : start + (T.CreateChecked(at[0]) * step)
                )
                .ToTensor();
        }

        /// <summary>A tensor with the same element everywhere.</summary>
        /// <exception cref="ArgumentException">A size is negative.</exception>
        public static Tensor<T> Full<T>(T value, params int[] lengths) =>
            Dense<T>.Fill(Lengths.Of(lengths), _ => value).ToTensor();

        /// <summary>A tensor of zeros.</summary>
        /// <exception cref="ArgumentException">A size is negative.</exception>
        public static Tensor<T> Zeros<T>(params int[] lengths)
            where T : INumberBase<T> => Tensor.Full(T.Zero, lengths);

        /// <summary>A tensor of ones.</summary>
        /// <exception cref="ArgumentException">A size is negative.</exception>
        public static Tensor<T> Ones<T>(params int[] lengths)
            where T : INumberBase<T> => Tensor.Full(T.One, lengths);

        /// <summary>The unit matrix with <paramref name="size"/> rows.</summary>
        /// <exception cref="ArgumentException">The size is negative.</exception>
        public static Tensor<T> Eye<T>(int size)
            where T : INumberBase<T> => Tensor.Eye<T>(size, size);

        /// <summary>A matrix with ones on a diagonal, above the main one when <paramref name="k"/> is positive, and zeros elsewhere.</summary>
        /// <exception cref="ArgumentException">A size is negative.</exception>
        public static Tensor<T> Eye<T>(int rows, int columns, int k = 0)
            where T : INumberBase<T> =>
            Dense<T>.Fill(Lengths.Of([rows, columns]), at => at[1] - at[0] == k ? T.One : T.Zero).ToTensor();
    }

    /// <summary>A tensor of the shape of <paramref name="x"/> with the same element everywhere.</summary>
    public static Tensor<T> FullLike<T>(this Tensor<T> x, T value)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Dense<T>.Fill(x.Lengths.ToArray(), _ => value).ToTensor();
    }

    /// <summary>A tensor of zeros of the shape of <paramref name="x"/>.</summary>
    public static Tensor<T> ZerosLike<T>(this Tensor<T> x)
        where T : INumberBase<T> => x.FullLike(T.Zero);

    /// <summary>A tensor of ones of the shape of <paramref name="x"/>.</summary>
    public static Tensor<T> OnesLike<T>(this Tensor<T> x)
        where T : INumberBase<T> => x.FullLike(T.One);
}
