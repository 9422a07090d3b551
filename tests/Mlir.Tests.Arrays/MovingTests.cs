namespace Mlir.Tests.Arrays;

/// <summary>Elements gathered, moved, repeated, joined and surrounded.</summary>
public sealed class MovingTests
{
    private static IEnumerable<object[]> Tensors(params int[][] shapes) =>
        shapes.SelectMany(s => new object[][] { [Numbers.Some<double>(s)], [Numbers.Strided<double>(s)] });

    [Test]
    public void Take_checks_every_index()
    {
        var x = Numbers.Some<double>(4, 5);
        object[][] inputs =
        [
            [x, Tensor.Create(new[] { 0, 3, -1, -4 })],
            [x, Tensor.Create(new[] { 0, 1, 2, 3, 0, 1 }, [2, 3])],
            [x, Tensor.Create(new[] { 4 })],
            [x, Tensor.Create(new[] { 0, -5 })],
        ];
        ThreeWays.Check((Tensor<double> x, Tensor<int> i) => x.Take(i, 0) * 2.0, inputs);
        ThreeWays.Check((Tensor<double> x, Tensor<int> i) => (x + 1.0).Take(i, -1), inputs);
    }

    [Test]
    public void An_index_outside_names_the_line()
    {
        var kernel = Jit.Compile((Tensor<double> x, Tensor<long> i) => x.Take(i, 0));
        var error = Assert.Throws<IndexOutOfRangeException>(() =>
            kernel.Invoke(Numbers.Some<double>(3), Tensor.Create(new[] { 0L, 7 }))
        );
        Assert.That(error!.Message, Does.Contain("MovingTests.cs").And.Contain("x.Take(i, 0)"));
    }

    [Test]
    public void Take_along_an_axis() =>
        ThreeWays.Check(
            (Tensor<double> x, Tensor<long> i) => x.TakeAlongAxis(i, 1),
            [
                [Numbers.Some<double>(2, 5), Tensor.Create(new[] { 0L, 4, -1, 2 }, [2, 2])],
                [Numbers.Some<double>(2, 5), Tensor.Create(new[] { 0L, 4, 5, 2 }, [2, 2])],
                [Numbers.Some<double>(3, 5), Tensor.Create(new[] { 0L, 4, 5, 2 }, [2, 2])],
            ]
        );

    [Test]
    public void The_best_of_each_row() =>
        ThreeWays.Check((Tensor<double> x) => x.TakeAlongAxis(x.ArgMax(-1, true), -1), Tensors([3, 5], [7, 2]));

    [Test]
    public void Padding()
    {
        var shapes = Tensors([4], [2, 3], [3, 1]);
        ThreeWays.Check((Tensor<double> x) => x.Pad(0, 2, 1, 7.5), shapes);
        ThreeWays.Check((Tensor<double> x) => (x * 2.0).Pad(-1, 1, 3, PadMode.Edge), shapes);
        ThreeWays.Check((Tensor<double> x) => x.Pad(-1, 3, 2, PadMode.Reflect), shapes);
        ThreeWays.Check((Tensor<double> x) => x.Pad(0, 9, 9, PadMode.Reflect), shapes);
        ThreeWays.Check((Tensor<double> x) => x.Pad(0, 5, 1, PadMode.Wrap), shapes);
        ThreeWays.Check((Tensor<double> x) => x.Pad(0, 1, 1, PadMode.Constant), Tensors([0], [0, 3], [2]));
        ThreeWays.Check((Tensor<double> x) => x.Pad(0, 1, 1, PadMode.Edge), Tensors([0], [0, 3]));
        ThreeWays.Check(
            (Tensor<double> x, int n) => x.Pad(0, n, 1, 0.0),
            [
                [Numbers.Some<double>(3), 2],
                [Numbers.Some<double>(3), -1],
            ]
        );
    }

    [Test]
    public void Rolling_and_repeating()
    {
        var shapes = Tensors([4], [2, 3], [3, 1], [0]);
        ThreeWays.Check((Tensor<double> x) => x.Roll(1, 0), shapes);
        ThreeWays.Check((Tensor<double> x) => (x + x.Roll(-1, -1)) * 0.5, shapes);
        ThreeWays.Check(
            (Tensor<double> x, int n) => x.Roll(n, 0),
            from n in new[] { -9, 0, 3, 100 }
            select new object[] { Numbers.Some<double>(5), n }
        );
        ThreeWays.Check((Tensor<double> x) => x.Tile(3), shapes);
        ThreeWays.Check((Tensor<double> x) => x.Tile(2, 1, 2), shapes);
        ThreeWays.Check((Tensor<double> x) => x.Repeat(2, -1), shapes);
    }

    [Test]
    public void Joining()
    {
        object[][] pairs =
        [
            [Numbers.Some<double>(2, 3), Numbers.Some<double>(2, [2, 3])],
            [Numbers.Some<double>(2, 3), Numbers.Some<double>(2, [1, 3])],
            [Numbers.Some<double>(2, 3), Numbers.Some<double>(2, [2, 1])],
            [Numbers.Some<double>(0, 3), Numbers.Some<double>(2, [2, 3])],
        ];
        ThreeWays.Check((Tensor<double> x, Tensor<double> y) => Tensor.Concatenate(new[] { x, y, x }, 0), pairs);
        ThreeWays.Check((Tensor<double> x, Tensor<double> y) => Tensor.Concatenate(new[] { x * 2.0, y }, -1), pairs);
        ThreeWays.Check((Tensor<double> x, Tensor<double> y) => Tensor.Stack(new[] { x, y }, 1), pairs);
    }

    [Test]
    public void Diagonals_and_triangles()
    {
        var shapes = Tensors([4, 4], [2, 5], [5, 2], [3, 4, 4]);
        ThreeWays.Check((Tensor<double> x) => x.Tril() + x.Triu(1), shapes);
        ThreeWays.Check((Tensor<double> x) => x.Tril(-1), shapes);
        ThreeWays.Check(
            (Tensor<double> x, int k) => x.Diag(k),
            from k in new[] { -3, -1, 0, 1, 9 }
            from s in new int[][] { [4], [4, 4], [2, 5], [0] }
            select new object[] { Numbers.Some<double>(s), k }
        );
    }

    [Test]
    public void Made_of_numbers()
    {
        ThreeWays.Check(
            (int n) => Tensor.ARange(0, n, 3),
            [
                [10],
                [0],
                [9],
                [-2],
            ]
        );
        ThreeWays.Check(
            (double a, double b) => Tensor.ARange(a, b, 0.25),
            [
                [0.0, 1.0],
                [0.1, 2.3],
                [1.0, 0.0],
            ],
            1e-15
        );
        ThreeWays.Check(
            (double a, double b) => Tensor.ARange(a, b, 0.0),
            [
                [0.0, 1.0],
            ]
        );
        ThreeWays.Check(
            (double a, int n) => Tensor.Linspace(a, 2.0, n),
            [
                [0.0, 5],
                [0.5, 1],
                [1.0, 0],
                [0.1, 50],
            ],
            1e-15
        );
        ThreeWays.Check(
            (int n, int m) => Tensor.Eye<float>(n, m, 1),
            [
                [3, 4],
                [4, 3],
                [1, 1],
            ]
        );
        ThreeWays.Check(
            (int n) => Tensor.Full(2.5, n, 2) + Tensor.Ones<double>(n, 2) - Tensor.Zeros<double>(2),
            [
                [3],
                [2],
            ]
        );
        ThreeWays.Check((Tensor<double> x) => x.OnesLike() + x.FullLike(3.0) - x.ZerosLike(), Tensors([3], [2, 3]));
    }
}
