using System.Linq.Expressions;
using Mlir.Runtime;

namespace Mlir.Tests.Arrays;

/// <summary>Parts of a tensor replaced or increased.</summary>
public sealed class ScatteringTests
{
    private static object[][] Rows =>
        [
            [Numbers.Some<double>(5), Tensor.Create([0, 3, -1, 3]), Numbers.Some<double>(2, [4])],
            [Numbers.Some<double>(5, 3), Tensor.Create([4, 4, 0]), Numbers.Some<double>(2, [3, 3])],
            [Numbers.Some<double>(5), Tensor.Create([0, 5]), Numbers.Some<double>(2, [2])],
            [Numbers.Some<double>(5), Tensor.Create([0, -6]), Numbers.Some<double>(2, [2])],
            [Numbers.Some<double>(5), Tensor.Create([0, 1]), Numbers.Some<double>(2, [3])],
        ];

    [Test]
    public void The_last_value_for_a_place_stays() =>
        ThreeWays.Check((Tensor<double> x, Tensor<int> i, Tensor<double> v) => x.Scatter(i, v), Rows);

    [Test]
    public void Values_for_one_place_are_all_added() =>
        ThreeWays.Check((Tensor<double> x, Tensor<int> i, Tensor<double> v) => x.ScatterAdd(i, v), Rows);

    /// <summary>Threads share stripes of 64 columns; each goes through the places in order, so that sums keep their bits.</summary>
    [TestCase(3)]
    [TestCase(64)]
    [TestCase(200)]
    public void Stripes_of_wide_tensors_are_written_in_order(int columns)
    {
        var random = new Random(columns);
        var places = Tensor.Create([.. Enumerable.Range(0, 300).Select(_ => random.Next(-20, 20))]);
        var x = Tensor.Create(
            [.. Enumerable.Range(0, 20 * 2 * columns).Select(_ => random.NextDouble())],
            [20, 2, columns]
        );
        var v = Tensor.Create(
            [.. Enumerable.Range(0, 300 * 2 * columns).Select(_ => random.NextDouble() * 1e8)],
            [300, 2, columns]
        );
        ThreeWays.Check(
            (Tensor<double> t, Tensor<int> i, Tensor<double> u) => t.ScatterAdd(i, u),
            [
                [x, places, v],
            ]
        );
        ThreeWays.Check(
            (Tensor<double> t, Tensor<int> i, Tensor<double> u) => t.Scatter(i, u),
            [
                [x, places, v],
            ]
        );
    }

    [Test]
    public void A_wrong_place_is_an_error_even_where_nothing_is_written() =>
        ThreeWays.Check(
            (Tensor<double> t, Tensor<int> i, Tensor<double> u) => t.Scatter(i, u),
            [
                [Numbers.Some<double>(5, 0), Tensor.Create([7]), Numbers.Some<double>(1, 0)],
            ]
        );

    [Test]
    public void Threads_share_the_columns()
    {
        var kernel = Jit.Compile((Tensor<double> x, Tensor<int> i, Tensor<double> v) => x.ScatterAdd(i, v));
        kernel.Invoke(Numbers.Some<double>(5, 300), Tensor.Create([1]), Numbers.Some<double>(1, 300));
        Assert.That(Shared.Loops(kernel.Ir), Is.GreaterThanOrEqualTo(1));
    }

    /// <summary>
    /// Few places are written directly, many places of small tensors to copies, those of large tensors bin by bin: on any number of threads as one after
    /// another, also where most places are the same.
    /// </summary>
    [TestCase(1_048_576, 65_536, 1_048_576)]
    [TestCase(1_048_575, 65_536, 1_048_575)]
    [TestCase(1_200_007, 200_003, 1_200_007)]
    [TestCase(1_200_007, 100_001, 40)]
    [TestCase(5, 131_072, 5)]
    [TestCase(3_001, 700_001, 3_001)]
    [TestCase(1, 200_000, 1)]
    public void Threads_change_nothing(int size, int count, int distinct)
    {
        var random = new Random(size);
        var places = Tensor.Create([
            .. Enumerable.Range(0, count).Select(_ => (random.Next(2) - 1) * size + size - 1 - random.Next(distinct)),
        ]);
        var x = Tensor.Create([.. Enumerable.Range(0, size).Select(_ => random.NextDouble())]);
        var v = Tensor.Create([.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 1e8)]);
        Compare((Tensor<double> t, Tensor<int> i, Tensor<double> u) => t.Scatter(i, u), x, places, v);
        Compare((Tensor<double> t, Tensor<int> i, Tensor<double> u) => t.ScatterAdd(i, u), x, places, v);
        Compare(
            (Tensor<short> t, Tensor<int> i, Tensor<short> u) => t.ScatterAdd(i, u),
            Tensor.Create(Numbers.Flat(x).Select(e => (short)(e * 1e4)).ToArray()),
            places,
            Tensor.Create(Numbers.Flat(v).Select(e => (short)(e * 1e-4)).ToArray())
        );
    }

    private static void Compare<T>(
        Expression<Func<Tensor<T>, Tensor<int>, Tensor<T>, Tensor<T>>> lambda,
        Tensor<T> x,
        Tensor<int> places,
        Tensor<T> values
    )
    {
        var expected = Numbers.Flat(lambda.Compile()(x, places, values));
        var kernel = Jit.Compile(lambda);
        foreach (var threads in new[] { 1, 2, 5 })
        {
            using var limit = WorkerPool.Limit(threads);
            Assert.That(Numbers.Flat(kernel.Invoke(x, places, values)), Is.EqualTo(expected), $"{threads} threads");
        }
    }

    /// <summary>The reference semantics of copies and bins, which begin at many places only.</summary>
    [TestCase(3, 131_072)]
    [TestCase(1_048_576, 65_536)]
    public void The_interpreter_agrees(int size, int count)
    {
        var random = new Random(size);
        var places = Tensor.Create([.. Enumerable.Range(0, count).Select(_ => random.Next(-size, size))]);
        var values = Tensor.Create([.. Enumerable.Range(0, count)]);
        var x = Tensor.Create([.. Enumerable.Range(0, size)]);
        var kernel = Jit.Compile(
            (Tensor<int> t, Tensor<int> i, Tensor<int> u) => t.Scatter(i, u),
            new JitOptions { Target = "interpreter" }
        );
        Assert.That(
            Numbers.Flat(kernel.Invoke(x, places, values)),
            Is.EqualTo(Numbers.Flat(x.Scatter(places, values)))
        );
    }

    [TestCase(5, 131_072)]
    [TestCase(1_048_576, 65_536)]
    public void A_wrong_place_among_many_is_an_error(int size, int count)
    {
        var kernel = Jit.Compile((Tensor<int> t, Tensor<int> i) => t.Scatter(i, i));
        var places = new int[count];
        places[^2] = size;
        var x = Tensor.Create(new int[size]);
        Assert.Throws<IndexOutOfRangeException>(() => kernel.Invoke(x, Tensor.Create(places)));
        places[^2] = -size - 1;
        Assert.Throws<IndexOutOfRangeException>(() => kernel.Invoke(x, Tensor.Create(places)));
        places[^2] = -size;
        Assert.That(Numbers.Flat(kernel.Invoke(x, Tensor.Create(places)))[0], Is.EqualTo(0));
    }

    [Test]
    public void Threads_share_large_and_small_tensors()
    {
        var add = Jit.Compile((Tensor<double> x, Tensor<int> i, Tensor<double> v) => x.ScatterAdd(i, v));
        add.Invoke(Numbers.Some<double>(5), Tensor.Create([1, 2]), Numbers.Some<double>(2));
        Assert.That(Shared.Loops(add.Ir), Is.GreaterThanOrEqualTo(2), "chunks and bins");
        var set = Jit.Compile((Tensor<double> x, Tensor<int> i, Tensor<double> v) => x.Scatter(i, v));
        set.Invoke(Numbers.Some<double>(5), Tensor.Create([1, 2]), Numbers.Some<double>(2));
        Assert.That(Shared.Loops(set.Ir), Is.GreaterThanOrEqualTo(4), "copies, their sum, chunks, bins");
    }

    [Test]
    public void The_tensor_itself_stays_as_it_was()
    {
        var x = Tensor.Create([1.0, 2, 3]);
        var compiled = Jit.Compile((Tensor<double> t, Tensor<long> i) => t.Scatter(i, t + t) - t);
        Assert.That(Numbers.Flat(compiled.Invoke(x, Tensor.Create([2L, 1, 0]))), Is.EqualTo(new[] { 5.0, 2, -1 }));
        Assert.That(Numbers.Flat(x), Is.EqualTo(new[] { 1.0, 2, 3 }));
    }
}
