namespace Mlir.Tests.Arrays;

/// <summary>Sizes that only the kernel knows and that turn out to be 1: they broadcast as NumPy's do.</summary>
public sealed class SizeOfOneTests
{
    private static readonly (int, int)[] Pairs =
    [
        (3, 3),
        (1, 3),
        (3, 1),
        (1, 1),
        (4, 4),
        (4, 1),
        (1, 4),
        (1, 5),
        (5, 5),
    ];

    private static readonly Tensor<double> X = Numbers.Some<double>(6);

    /// <summary>The first, the second, both or neither of two sizes are 1; kernels that have seen one case still do the others.</summary>
    [TestCase("cpu")]
    [TestCase("interpreter")]
    [TestCase("ptx")]
    public void Either_side_may_turn_out_to_be_1(string target)
    {
        var kernel = Jit.Compile(
            (Tensor<double> x, int n, int m) => x.SliceAxis(0, 0, n) * 10.0 + x.SliceAxis(0, 1, 1 + m),
            new JitOptions { Target = target }
        );
        foreach (var (n, m) in Pairs)
        {
            Assert.That(Numbers.Flat(kernel.Invoke(X, n, m)), Is.EqualTo(Sum(n, m)), $"{n} and {m}");
        }

        foreach (var (n, m) in new[] { (2, 3), (3, 2), (2, 3) })
        {
            Assert.That(
                Assert.Throws<ArgumentException>(() => kernel.Invoke(X, n, m))!.Message,
                Does.Contain("not broadcast compatible at").And.Contain("SizeOfOneTests.cs(").And.Not.Contain("{")
            );
        }

        Assert.That(Numbers.Flat(kernel.Invoke(X, 1, 5)), Is.EqualTo(Sum(1, 5)));
    }

    [Test]
    public void Exact_sizes_and_results_in_given_memory_do_the_same()
    {
        var kernel = Jit.Compile(
            (Tensor<double> x, int n, int m) => x.SliceAxis(0, 0, n) * 10.0 + x.SliceAxis(0, 1, 1 + m),
            new JitOptions { Shapes = ShapeMode.Specialized }
        );
        for (var round = 0; round < 3; round++)
        {
            foreach (var (n, m) in Pairs)
            {
                var into = Tensor.CreateFromShape<double>([Math.Max(n, m)]);
                kernel.Into(into, X, n, m);
                Assert.That(Numbers.Flat(into), Is.EqualTo(Sum(n, m)), $"{n} and {m}");
            }
        }
    }

    /// <summary>Three tensors meet in two dimensions, each of which may be 1 in any of them.</summary>
    [Test]
    public void Several_places_are_found_one_after_another()
    {
        var x = Numbers.Some<double>(4, 4);
        var kernel = Jit.Compile(
            (Tensor<double> x, int a, int b, int c, int d) =>
                (x.SliceAxis(0, 0, a).SliceAxis(1, 0, b) + x.SliceAxis(0, 0, c).SliceAxis(1, 0, d))
                * Tensor.Where(Tensor.GreaterThan<double>(x.SliceAxis(0, 0, d), 0.0), x.SliceAxis(0, 0, a), 2.0).Sum(0)
        );
        var plain = Numbers.Flat(x);
        foreach (var sizes in new[] { "4444", "1444", "4144", "4414", "4441", "1441", "4114", "1111", "1414", "4444" })
        {
            var (a, b, c, d) = (sizes[0] - '0', sizes[1] - '0', sizes[2] - '0', sizes[3] - '0');
            var row = new double[4];
            for (var i = 0; i < Math.Max(a, d); i++)
            {
                for (var j = 0; j < 4; j++)
                {
                    row[j] += plain[(i % d * 4) + j] > 0 ? plain[(i % a * 4) + j] : 2;
                }
            }

            var expected = new List<double>();
            for (var i = 0; i < Math.Max(a, c); i++)
            {
                for (var j = 0; j < 4; j++)
                {
                    expected.Add((plain[(i % a * 4) + (j % b)] + plain[(i % c * 4) + (j % d)]) * row[j]);
                }
            }

            Assert.That(Numbers.Flat(kernel.Invoke(x, a, b, c, d)), Is.EqualTo(expected), sizes);
        }
    }

    [Test]
    public void A_kernel_without_tensors_among_its_arguments_does_the_same()
    {
        var tensor = Jit.Compile((int n, int m) => Tensor.ARange(n) * 10 + Tensor.ARange(m));
        var scalar = Jit.Compile((int n, int m) => Tensor.Sum<int>(Tensor.ARange(n) * 10 + Tensor.ARange(m)));
        foreach (var (n, m) in Pairs)
        {
            var expected = Enumerable.Range(0, Math.Max(n, m)).Select(i => (i % n * 10) + (i % m)).ToArray();
            Assert.That(Numbers.Flat(tensor.Invoke(n, m)), Is.EqualTo(expected));
            Assert.That(scalar.Invoke(n, m), Is.EqualTo(expected.Sum()));
        }
    }

    [Test]
    public void What_is_broadcast_to_sizes_may_have_size_1()
    {
        var given = Jit.Compile((Tensor<double> x, int n, int m) => x.SliceAxis(0, 0, n).BroadcastTo(2, m));
        var like = Jit.Compile(
            (Tensor<double> x, int n) => Tensor.Broadcast<double>(x.SliceAxis(0, 0, n), new nint[] { 3 })
        );
        foreach (var n in new[] { 3, 1, 3 })
        {
            var row = Enumerable.Range(0, 3).Select(i => Numbers.Flat(X)[i % n]).ToArray();
            Assert.That(Numbers.Flat(given.Invoke(X, n, 3)), Is.EqualTo(row.Concat(row)));
            Assert.That(Numbers.Flat(like.Invoke(X, n)), Is.EqualTo(row));
        }

        Assert.Throws<ArgumentException>(() => given.Invoke(X, 2, 3));
    }

    /// <summary>Threads whose calls need different versions do not disturb each other.</summary>
    [Test]
    public void Calls_on_several_threads_get_their_own_answers()
    {
        var kernel = Jit.Compile((Tensor<double> x, int n) => x.SliceAxis(0, 0, n) + x.SliceAxis(0, 0, 3));
        Parallel.For(
            0,
            200,
            i =>
            {
                var n = i % 2 == 0 ? 1 : 3;
                var expected = Enumerable.Range(0, 3).Select(k => Numbers.Flat(X)[k % n] + Numbers.Flat(X)[k]);
                Assert.That(Numbers.Flat(kernel.Invoke(X, n)), Is.EqualTo(expected));
            }
        );
    }

    [Test]
    public void Sizes_of_arguments_need_no_other_version()
    {
        var kernel = Jit.Compile((Tensor<double> x, Tensor<double> y) => x * 2.0 + y.Softmax(0));
        Assert.That(
            Assert.Throws<ArgumentException>(() => kernel.Invoke(X, Numbers.Some<double>(4)))!.Data.Count,
            Is.Zero
        );
        Assert.That(kernel.Invoke(X, Numbers.Some<double>(1)).Lengths.ToArray(), Is.EqualTo(new nint[] { 6 }));
    }

    private static IEnumerable<double> Sum(int n, int m)
    {
        var (a, b) = (Numbers.Flat(X)[..n], Numbers.Flat(X)[1..(1 + m)]);
        return Enumerable.Range(0, Math.Max(n, m)).Select(i => (a[i % n] * 10) + b[i % m]);
    }
}
