using System.Numerics;
using Mlir.Runtime;

namespace Mlir.Tests.Arrays;

/// <summary>The place of the first smallest or largest element, found lane by lane, is the one that a plain loop finds.</summary>
public sealed class ExtremePlaceTests
{
    // Around one vector, one step of all lanes, one leaf, and several leaves.
    private static readonly int[] Lengths =
    [
        1,
        2,
        15,
        16,
        17,
        31,
        33,
        63,
        64,
        65,
        127,
        129,
        1000,
        8191,
        8192,
        8193,
        40001,
    ];

    [Test]
    public void Of_one_dimension([ValueSource(nameof(Lengths))] int length)
    {
        Check<double>(length, (random, _) => random.Next(-9, 10));
        Check<float>(length, (random, _) => random.Next(-3, 4));
        Check<sbyte>(length, (random, _) => random.Next(-128, 128));
        Check<ushort>(length, (random, _) => random.Next(0, 5));
        Check<int>(length, (random, _) => random.Next(int.MinValue, int.MaxValue));
        Check<ulong>(length, (random, _) => (double)random.NextInt64());
    }

    [Test]
    public void Of_special_numbers([ValueSource(nameof(Lengths))] int length)
    {
        double[] specials = [0.0, -0.0, double.PositiveInfinity, double.NegativeInfinity, 1, -1];
        Check<double>(length, (random, _) => specials[random.Next(specials.Length)]);
        Check<float>(length, (random, _) => specials[random.Next(2)]);
        Check<double>(length, (_, _) => double.NegativeInfinity);
        Check<float>(length, (_, _) => double.PositiveInfinity);
        Check<double>(length, (_, _) => double.NaN);

        // The first NaN wins, also behind infinities.
        Check<double>(
            length,
            (random, i) => i == length - 1 || random.Next(length) < 3 ? double.NaN : double.PositiveInfinity
        );
        Check<float>(
            length,
            (random, i) => i == length / 2 || random.Next(length) < 3 ? double.NaN : double.NegativeInfinity
        );
    }

    [Test]
    public void Of_each_row_and_each_column()
    {
        int[][] shapes =
        [
            [1, 1],
            [3, 70],
            [40, 65],
            [5, 1000],
            [129, 3],
            [2, 9000],
            [2, 3, 67],
        ];
        var inputs = shapes.SelectMany(s =>
            new object[][] { [Numbers.Some<double>(s)], [Numbers.Special(s)], [Numbers.Strided<double>(s)] }
        );
        ThreeWays.Check((Tensor<double> x) => x.ArgMax(-1), inputs);
        ThreeWays.Check((Tensor<double> x) => x.ArgMin(-1), inputs);
        ThreeWays.Check((Tensor<double> x) => x.ArgMax(0), inputs);
        ThreeWays.Check((Tensor<double> x) => x.ArgMin(-2, true), inputs);
        ThreeWays.Check((Tensor<float> x) => x.ArgMin(1), shapes.Select(s => new object[] { Numbers.Some<float>(s) }));
    }

    [Test]
    public void Beside_other_reductions_of_the_same_elements()
    {
        int[] lengths = [1, 63, 64, 200, 9000];
        ThreeWays.Check(
            (Tensor<float> x) => (x * 0.5f).ArgMax(0) + (x * 0.5f).ArgMin(0),
            lengths.Select(n => new object[] { Numbers.Some<float>(n) })
        );
        ThreeWays.Check(
            (Tensor<float> x) => new ValueTuple<Tensor<float>, Tensor<long>>(x.Max(0), x.ArgMax(0)).Item2,
            lengths.Select(n => new object[] { Numbers.Some<float>(n) })
        );
    }

    private static void Check<T>(int length, Func<Random, int, double> number)
        where T : unmanaged, INumber<T>
    {
        var random = new Random(length);
        var data = new T[length];
        for (var i = 0; i < length; i++)
        {
            data[i] = T.CreateTruncating(number(random, i));
        }

        object[] arguments = [Tensor.Create(data)];
        ThreeWays.Check((Tensor<T> x) => x.ArgMax(0), [arguments]);
        ThreeWays.Check((Tensor<T> x) => x.ArgMin(0), [arguments]);
        using (WorkerPool.Limit(1))
        {
            ThreeWays.Check((Tensor<T> x) => x.ArgMax(0), [arguments]);
        }
    }
}
