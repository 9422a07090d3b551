using System.Numerics;
using System.Numerics.Tensors;

namespace Mlir.Arrays;

/// <summary>Convolutions and pooling.</summary>
public static class Convolutions
{
    /// <summary>The discrete convolution of two vectors, as <c>numpy.convolve</c>.</summary>
    /// <exception cref="ArgumentException">An operand is no vector, or is empty.</exception>
    public static Tensor<T> Convolve<T>(this Tensor<T> x, Tensor<T> kernel, ConvolveMode mode = ConvolveMode.Full)
        where T : INumber<T>
    {
        var (a, b) = (Dense<T>.Of(x), Dense<T>.Of(kernel));
        if (a.Rank != 1 || b.Rank != 1 || a.Data.Length == 0 || b.Data.Length == 0)
        {
            throw new ArgumentException("A convolution needs two vectors that are not empty.");
        }

        var (n, m) = ((nint)a.Data.Length, (nint)b.Data.Length);
        var (first, count) = mode switch
        {
            ConvolveMode.Full => (0, n + m - 1),
            ConvolveMode.Same => ((Math.Min(n, m) - 1) / 2, Math.Max(n, m)),
            _ => (Math.Min(n, m) - 1, Math.Max(n, m) - Math.Min(n, m) + 1),
        };
        return Dense<T>
            .Fill(
                [count],
                at =>
                {
                    var sum = T.Zero;
                    var place = first + at[0];
                    for (var j = Math.Max(0, place - n + 1); j <= Math.Min(m - 1, place); j++)
                    {
                        sum += a.Data[place - j] * b.Data[j];
                    }

                    return sum;
                }
            )
            .ToTensor();
    }

    /// <summary>
    /// The cross-correlation of a batch of images with several filters, as networks call a convolution: (N, C, H, W) with (F, C, KH, KW) gives
    /// (N, F, OH, OW).
    /// </summary>
    /// <remarks>Padding is zeros that take part: where an infinite or NaN weight meets one, the sum is NaN.</remarks>
    /// <exception cref="ArgumentException">Ranks or numbers of channels do not fit, a step is not positive, or a filter is larger than the image.</exception>
    public static Tensor<T> Conv2D<T>(
        this Tensor<T> x,
        Tensor<T> filters,
        int stride = 1,
        int padding = 0,
        int dilation = 1
    )
        where T : INumber<T>
    {
        var (image, filter) = (Dense<T>.Of(x), Dense<T>.Of(filters));
        if (image.Rank != 4 || filter.Rank != 4 || image.Lengths[1] != filter.Lengths[1])
        {
            throw new ArgumentException("A convolution needs images (N, C, H, W) and filters (F, C, KH, KW).");
        }

        var window = new Window(stride, padding, dilation);
        var (height, width) = (image.Lengths[2], image.Lengths[3]);
        return Dense<T>
            .Fill(
                [
                    image.Lengths[0],
                    filter.Lengths[0],
                    window.Count(height, filter.Lengths[2]),
                    window.Count(width, filter.Lengths[3]),
                ],
                at =>
                {
                    var sum = T.Zero;
                    for (nint c = 0; c < filter.Lengths[1]; c++)
                    {
                        for (nint i = 0; i < filter.Lengths[2]; i++)
                        {
                            for (nint j = 0; j < filter.Lengths[3]; j++)
                            {
                                var (row, column) = (window.Place(at[2], i), window.Place(at[3], j));
                                var isInside = row >= 0 && row < height && column >= 0 && column < width;
                                var pixel = isInside ? image[[at[0], c, row, column]] : T.Zero;
                                sum += pixel * filter[[at[1], c, i, j]];
                            }
                        }
                    }

                    return sum;
                }
            )
            .ToTensor();
    }

    /// <summary>As <c>Conv2D</c> along one axis: (N, C, W) with (F, C, K) gives (N, F, OW).</summary>
    /// <remarks>Padding is zeros that take part: where an infinite or NaN weight meets one, the sum is NaN.</remarks>
    /// <exception cref="ArgumentException">Ranks or numbers of channels do not fit, a step is not positive, or a filter is larger than the input.</exception>
    public static Tensor<T> Conv1D<T>(
        this Tensor<T> x,
        Tensor<T> filters,
        int stride = 1,
        int padding = 0,
        int dilation = 1
    )
        where T : INumber<T>
    {
        var (input, filter) = (Dense<T>.Of(x), Dense<T>.Of(filters));
        if (input.Rank != 3 || filter.Rank != 3 || input.Lengths[1] != filter.Lengths[1])
        {
            throw new ArgumentException("A convolution needs an input (N, C, W) and filters (F, C, K).");
        }

        var window = new Window(stride, padding, dilation);
        var width = input.Lengths[2];
        return Dense<T>
            .Fill(
                [input.Lengths[0], filter.Lengths[0], window.Count(width, filter.Lengths[2])],
                at =>
                {
                    var sum = T.Zero;
                    for (nint c = 0; c < filter.Lengths[1]; c++)
                    {
                        for (nint j = 0; j < filter.Lengths[2]; j++)
                        {
                            var place = window.Place(at[2], j);
                            var element = place >= 0 && place < width ? input[[at[0], c, place]] : T.Zero;
                            sum += element * filter[[at[1], c, j]];
                        }
                    }

                    return sum;
                }
            )
            .ToTensor();
    }

    /// <summary>The largest element of each square window over the last two axes; windows lie side by side unless a stride is given.</summary>
    /// <exception cref="ArgumentException">There are fewer than two dimensions, or the window is larger than the image.</exception>
    public static Tensor<T> MaxPool2D<T>(this Tensor<T> x, int size, int stride = 0)
        where T : INumber<T> => Pool(x, size, stride, (a, b) => T.Max(a, b), (value, _) => value);

    /// <summary>The mean of each square window over the last two axes; windows lie side by side unless a stride is given.</summary>
    /// <exception cref="ArgumentException">There are fewer than two dimensions, or the window is larger than the image.</exception>
    public static Tensor<T> AvgPool2D<T>(this Tensor<T> x, int size, int stride = 0)
        where T : IFloatingPointIeee754<T> =>
        Pool(x, size, stride, (a, b) => a + b, (sum, count) => sum / T.CreateChecked(count));

    private static Tensor<T> Pool<T>(Tensor<T> x, int size, int stride, Func<T, T, T> combine, Func<T, int, T> finish)
    {
        var source = Dense<T>.Of(x);
        if (source.Rank < 2 || size < 1)
        {
            throw new ArgumentException("Pooling needs images (…, H, W) and a positive window.");
        }

        var window = new Window(stride == 0 ? size : stride, 0, 1);
        return Dense<T>
            .Fill(
                [
                    .. source.Lengths[..^2],
                    window.Count(source.Lengths[^2], size),
                    window.Count(source.Lengths[^1], size),
                ],
                at =>
                {
                    nint[] from = [.. at];
                    T? value = default;
                    for (var i = 0; i < size * size; i++)
                    {
                        from[^2] = window.Place(at[^2], i / size);
                        from[^1] = window.Place(at[^1], i % size);
                        value = i == 0 ? source[from] : combine(value!, source[from]);
                    }

                    return finish(value!, size * size);
                }
            )
            .ToTensor();
    }
}
