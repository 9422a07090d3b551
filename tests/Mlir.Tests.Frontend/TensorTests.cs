using System.Buffers;
using System.Linq.Expressions;
using System.Numerics.Tensors;

namespace Mlir.Tests.Frontend;

/// <summary>Lambdas over tensors agree with the same lambdas run eagerly by System.Numerics.Tensors.</summary>
public sealed class TensorTests
{
    private static readonly int[] Sizes = [0, 1, 2, 7, 8, 9, 31, 64, 100, 1000, 4097];

    [Test]
    public void Operators_on_floats()
    {
        Differential.Check((Tensor<double> x, Tensor<double> y) => x * y + x / y - y, Pairs<double>());
        Differential.Check((Tensor<float> x, Tensor<float> y) => -x * y - 2f * y, Pairs<float>());
        Differential.Check((Tensor<double> x, Tensor<double> y) => 1.0 / x + y * 3.0 - 4.0, Pairs<double>());
    }

    [Test]
    public void Operators_on_integers()
    {
        Differential.Check((Tensor<int> x, Tensor<int> y) => (x * y + x) ^ (y & 255), Pairs<int>());
        Differential.Check((Tensor<long> x, Tensor<long> y) => (x << 3) - (y >> 2) | x, Pairs<long>());
        Differential.Check((Tensor<byte> x, Tensor<byte> y) => (byte)3 * x - y, Pairs<byte>());
        Differential.Check((Tensor<sbyte> x, Tensor<sbyte> y) => (x >> 1) + ~y, Pairs<sbyte>());
        Differential.Check(
            (Tensor<ushort> x, Tensor<ushort> y) => Tensor.Max<ushort>(x, y) - Tensor.Min<ushort>(x, y),
            Pairs<ushort>()
        );
    }

    [Test]
    public void Integer_division_checks_every_element()
    {
        Differential.Check((Tensor<int> x, Tensor<int> y) => x / y, Pairs<int>());
        Differential.Check((Tensor<int> x, Tensor<int> y) => x / (y | 1), Pairs<int>());
        Differential.Check((Tensor<sbyte> x, Tensor<sbyte> y) => x / (y | (sbyte)1), Pairs<sbyte>());
        Differential.Check((Tensor<int> x, Tensor<int> y) => Tensor.Abs<int>(x) + y, Pairs<int>());
    }

    [Test]
    public void Functions()
    {
        Differential.Check(
            (Tensor<double> x) => Tensor.Exp<double>(x * 0.01) + Tensor.Sqrt<double>(Tensor.Abs<double>(x)),
            Singles<double>(),
            4
        );
        Differential.Check((Tensor<double> x) => Tensor.Log<double>(Tensor.Abs<double>(x) + 1.0), Singles<double>(), 4);
        Differential.Check((Tensor<double> x) => Tensor.Sin<double>(x), Singles<double>(), 4);
        Differential.Check((Tensor<float> x) => Tensor.Tanh<float>(x), Singles<float>(), 4);
        Differential.Check(
            (Tensor<float> x) => Tensor.Floor<float>(x) + Tensor.Round<float>(x) - Tensor.Truncate<float>(x),
            Singles<float>()
        );
        Differential.Check(
            (Tensor<double> x, Tensor<double> y) => Tensor.Max<double>(x, y) - Tensor.Min<double>(x, y),
            Pairs<double>()
        );
        Differential.Check((Tensor<double> x, Tensor<double> y) => Tensor.CopySign<double>(x, y), Pairs<double>());
        Differential.Check(
            (Tensor<uint> x) => Tensor.PopCount<uint>(x) + Tensor.LeadingZeroCount<uint>(x),
            Singles<uint>()
        );
        Differential.Check((Tensor<int> x) => Tensor.ConvertTruncating<int, byte>(x), Singles<int>());
        Differential.Check((Tensor<double> x) => Tensor.ConvertSaturating<double, int>(x), Singles<double>());
    }

    [Test]
    public void Comparisons_and_tests_of_all_elements()
    {
        Differential.Check((Tensor<double> x, Tensor<double> y) => Tensor.GreaterThan<double>(x, y), Pairs<double>());
        Differential.Check(
            (Tensor<double> x, Tensor<double> y) => Tensor.LessThanOrEqualAny<double>(x, y),
            Pairs<double>().Where(p => ((Tensor<double>)p[0]).FlattenedLength > 0)
        );
        Differential.Check(
            (Tensor<int> x) => Tensor.GreaterThanAll<int>(x, -1000000),
            Singles<int>().Where(p => ((Tensor<int>)p[0]).FlattenedLength > 0)
        );
    }

    [Test]
    public void Reductions_of_integers_are_exact()
    {
        Differential.Check((Tensor<int> x) => Tensor.Sum<int>(x), Singles<int>());
        Differential.Check((Tensor<long> x, Tensor<long> y) => Tensor.Dot<long>(x, y), Pairs<long>());
        Differential.Check((Tensor<int> x) => Tensor.Max<int>(x) - Tensor.Min<int>(x), Singles<int>());
        Differential.Check((Tensor<byte> x) => Tensor.Sum<byte>(x), Singles<byte>());
        Differential.Check((Tensor<int> x) => Tensor.Product<int>(x), Singles<int>());
    }

    [Test]
    public void Reductions_of_floats_are_close_to_the_exact_sum()
    {
        var kernel = Jit.Compile((Tensor<double> x) => Tensor.Sum<double>(x));
        var mean = Jit.Compile((Tensor<double> x) => Tensor.Average<double>(x * x));
        var norm = Jit.Compile((Tensor<double> x) => Tensor.Norm<double>(x));
        foreach (var size in Sizes.Where(s => s > 0))
        {
            var data = Enumerable.Range(0, size).Select(i => Math.Sin(i * 1.7) * 100).ToArray();
            var x = Tensor.Create(data);
            var exact = data.Aggregate(0m, (sum, v) => sum + (decimal)v);
            var squares = data.Aggregate(0m, (sum, v) => sum + (decimal)v * (decimal)v);
            var bound = 1e-15 * Math.Sqrt(size) * data.Sum(Math.Abs);
            Assert.That(kernel.Invoke(x), Is.EqualTo((double)exact).Within(bound));
            Assert.That(mean.Invoke(x), Is.EqualTo((double)squares / size).Within(1e-14 * (double)squares / size));
            Assert.That(
                norm.Invoke(x),
                Is.EqualTo(Math.Sqrt((double)squares)).Within(1e-14 * Math.Sqrt((double)squares))
            );
        }
    }

    [Test]
    public void Reductions_of_floats_have_one_order_everywhere()
    {
        foreach (var size in Sizes.Append(100_003))
        {
            var x = Tensor.Create(
                Enumerable.Range(0, size).Select(i => Math.Sin(i * 1.7) * Math.Exp(i % 30)).ToArray()
            );
            var y = Tensor.Create(Enumerable.Range(0, size).Select(i => Math.Cos(i * 0.3)).ToArray());
            double[] Run(string target)
            {
                var options = new JitOptions { Target = target };
                return
                [
                    Jit.Compile((Tensor<double> a) => Tensor.Sum<double>(a), options).Invoke(x),
                    Jit.Compile((Tensor<double> a, Tensor<double> b) => Tensor.Dot<double>(a, b * 2.0), options)
                        .Invoke(x, y),
                    Jit.Compile((Tensor<double> a) => Tensor.Norm<double>(Tensor.Exp<double>(a * 1e-12)), options)
                        .Invoke(x),
                ];
            }

            Assert.That(Run("cpu"), Is.EqualTo(Run("interpreter")), $"{size} elements");
        }
    }

    [Test]
    public void Extremes_of_floats_hand_on_NaN()
    {
        var max = Jit.Compile((Tensor<double> x) => Tensor.Max<double>(x)).Invoke;
        foreach (var size in Sizes.Where(s => s > 0))
        {
            var data = Enumerable.Range(0, size).Select(i => Math.Sin(i)).ToArray();
            Assert.That(max(Tensor.Create(data)), Is.EqualTo(data.Max()));
            data[size / 2] = double.NaN;
            Assert.That(max(Tensor.Create(data)), Is.NaN);
        }

        Assert.Throws<ArgumentException>(() => max(Tensor.Create(Array.Empty<double>())));
    }

    /// <summary>
    /// The oracle is a loop over subscripts: for equal ranks the eager operators of .NET 10 give the result the shape of the second operand and drop
    /// the rest of the elements.
    /// </summary>
    [Test]
    public void Higher_ranks_and_broadcasting()
    {
        var matrix = Tensor.Create(Enumerable.Range(0, 12).Select(i => (double)i).ToArray(), [3, 4]);
        var row = Tensor.Create(new double[] { 1, 2, 3, 4 }, [1, 4]);
        var vector = Tensor.Create(new double[] { 10, 20, 30, 40 });
        var column = Tensor.Create(new double[] { 100, 200, 300 }, [3, 1]);
        Expression<Func<Tensor<double>, Tensor<double>, Tensor<double>>> lambda = (x, y) => x * 2.0 + y;
        foreach (var target in new[] { "cpu", "interpreter" })
        {
            var add = Jit.Compile(lambda, new JitOptions { Target = target }).Invoke;
            var sum = Jit.Compile(
                (Tensor<double> x, Tensor<double> y) => Tensor.Sum<double>(x + y),
                new JitOptions { Target = target }
            ).Invoke;
            foreach (
                var (x, y) in new[]
                {
                    (matrix, matrix),
                    (matrix, row),
                    (row, matrix),
                    (matrix, vector),
                    (vector, matrix),
                    (matrix, column),
                    (row, column),
                    (column, vector),
                }
            )
            {
                var result = add(x, y);
                Assert.That(result.Lengths.ToArray(), Is.EqualTo(new nint[] { 3, 4 }));
                var expected = 0.0;
                for (nint i = 0; i < 3; i++)
                {
                    for (nint j = 0; j < 4; j++)
                    {
                        Assert.That(result[i, j], Is.EqualTo(At(x, i, j) * 2 + At(y, i, j)));
                        expected += At(x, i, j) + At(y, i, j);
                    }
                }

                Assert.That(sum(x, y), Is.EqualTo(expected));
            }
        }

        static double At(Tensor<double> t, nint i, nint j) =>
            t.Rank == 1 ? t[j] : t[t.Lengths[0] == 1 ? 0 : i, t.Lengths[1] == 1 ? 0 : j];
    }

    [Test]
    public void Shapes_that_do_not_fit_fail_as_in_NET()
    {
        var x = Tensor.Create(new double[] { 1, 2, 3 });
        var y = Tensor.Create(new double[] { 1, 2, 3, 4 });
        Differential.Check(
            (Tensor<double> a, Tensor<double> b) => a + b,
            [
                [x, y],
            ]
        );

        // Tensors that never meet may differ.
        Differential.Check(
            (Tensor<double> a, Tensor<double> b) => Tensor.Sum<double>(a) + Tensor.Sum<double>(b),
            [
                [x, y],
            ]
        );
    }

    [Test]
    public void Strided_tensors()
    {
        var data = Enumerable.Range(0, 24).Select(i => (double)i).ToArray();
        var transposed = Tensor.Create(data, [4, 6], [1, 4]);
        var everyOther = Tensor.Create(data, [12], [2]);
        var slice = Tensor.Create(data, [4, 6]).Slice([new NRange(1, 3), new NRange(2, 5)]);
        Differential.Check(
            (Tensor<double> x) => x * 2.0 + 1.0,
            [
                [transposed],
                [everyOther],
                [slice],
            ]
        );
        Differential.Check(
            (Tensor<double> x) => Tensor.Sum<double>(x),
            [
                [transposed],
                [everyOther],
                [slice],
            ]
        );
    }

    [Test]
    public void Several_results_from_one_call()
    {
        Expression<Func<Tensor<double>, double, (Tensor<double>, double, Tensor<double>)>> lambda = (x, a) =>
            new ValueTuple<Tensor<double>, double, Tensor<double>>(x * a, Tensor.Sum<double>(x), x + a);
        var x = Tensor.Create(new[] { 1.0, 2, 3, 4 }, [2, 2]);
        Differential.Check(
            lambda,
            [
                [x, 3.0],
            ]
        );
    }

    [Test]
    public void A_choice_between_tensors()
    {
        Differential.Check(
            (Tensor<double> x, Tensor<double> y, bool first) => first ? x + y : x - y,
            Pairs<double>().SelectMany(p => new[] { true, false }.Select(b => (object[])[.. p, b]))
        );
    }

    private static IEnumerable<object[]> Singles<T>() => Sizes.Select(n => new object[] { Make<T>(n, 1) });

    private static IEnumerable<object[]> Pairs<T>() => Sizes.Select(n => new object[] { Make<T>(n, 1), Make<T>(n, 2) });

    /// <summary>Special values first, then random ones.</summary>
    private static Tensor<T> Make<T>(int size, int seed)
    {
        var random = new Random(seed * 31 + size);
        var special = SpecialValues.Of(typeof(T));
        var data = new T[size];
        for (var i = 0; i < size; i++)
        {
            data[i] =
                i % 3 == 0 ? (T)special[random.Next(special.Length)]
                : typeof(T) == typeof(double) ? (T)(object)((random.NextDouble() - 0.5) * 100)
                : typeof(T) == typeof(float) ? (T)(object)(float)((random.NextDouble() - 0.5) * 100)
                : (T)
                    Convert.ChangeType(
                        random.Next(1, 100),
                        typeof(T),
                        System.Globalization.CultureInfo.InvariantCulture
                    );
        }

        return Tensor.Create(data);
    }
}
