using System.Buffers;
using System.Numerics;

namespace Mlir.Tests.Arrays;

/// <summary>Tensors to test with: the same ones in every run.</summary>
internal static class Numbers
{
    /// <summary>A tensor of small numbers, halves among them where the type has them.</summary>
    public static Tensor<T> Some<T>(params int[] lengths)
        where T : INumberBase<T> => Some<T>(1, lengths);

    /// <summary>As <see cref="Some{T}(int[])"/>, other numbers for another seed.</summary>
    public static Tensor<T> Some<T>(int seed, int[] lengths)
        where T : INumberBase<T>
    {
        var random = new Random(seed);
        var count = lengths.Aggregate(1, (a, b) => a * b);
        var data = new T[count];
        for (var i = 0; i < count; i++)
        {
            data[i] = T.CreateTruncating(random.Next(-40, 41)) / T.CreateTruncating(2);
        }

        return Tensor.Create(data, [.. lengths.Select(l => (nint)l)]);
    }

    /// <summary>A tensor with NaN, infinities, both zeros and numbers of all sizes.</summary>
    public static Tensor<double> Special(params int[] lengths)
    {
        double[] values =
        [
            0.0,
            -0.0,
            1,
            -1,
            double.NaN,
            double.PositiveInfinity,
            double.NegativeInfinity,
            1e300,
            -3e-310,
            2,
        ];
        var random = new Random(7);
        var count = lengths.Aggregate(1, (a, b) => a * b);
        var data = new double[count];
        for (var i = 0; i < count; i++)
        {
            data[i] = random.Next(3) == 0 ? values[random.Next(values.Length)] : random.NextDouble() - 0.5;
        }

        return Tensor.Create(data, [.. lengths.Select(l => (nint)l)]);
    }

    /// <summary>A tensor that is a part of a larger one, so that its elements do not lie in a row.</summary>
    public static Tensor<T> Strided<T>(params int[] lengths)
        where T : INumberBase<T>
    {
        var whole = Some<T>(3, [.. lengths.Select(l => 2 * l)]);
        return lengths.Contains(0) ? Some<T>(lengths) : whole.Slice([.. lengths.Select(l => new NRange(1, l + 1))]);
    }

    /// <summary>The elements in row-major order.</summary>
    public static T[] Flat<T>(Tensor<T> tensor)
    {
        var values = new T[tensor.FlattenedLength];
        tensor.FlattenTo(values);
        return values;
    }

    /// <summary>Shapes of one to three dimensions, with sizes 0, 1, and more than a vector.</summary>
    public static int[][] Shapes { get; } =
    [
        [7],
        [1],
        [0],
        [33],
        [3, 5],
        [1, 4],
        [6, 1],
        [0, 3],
        [4, 0],
        [17, 19],
        [2, 3, 4],
        [3, 1, 5],
    ];
}
