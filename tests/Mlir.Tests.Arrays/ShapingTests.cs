namespace Mlir.Tests.Arrays;

/// <summary>Shapes, orders of axes, and parts.</summary>
public sealed class ShapingTests
{
    private static IEnumerable<object[]> Tensors(params int[][] shapes) =>
        shapes.SelectMany(s => new object[][] { [Numbers.Some<double>(s)], [Numbers.Strided<double>(s)] });

    [Test]
    public void Axes_change_places()
    {
        ThreeWays.Check((Tensor<double> x) => x.Permute(1, 0), Tensors([3, 5], [1, 4], [17, 19], [0, 3]));
        ThreeWays.Check((Tensor<double> x) => x.Permute(2, 0, 1) * 2.0, Tensors([2, 3, 4], [3, 1, 5]));
        ThreeWays.Check((Tensor<double> x) => x.SwapAxes(0, -1) + 1.0, Tensors([2, 3, 4], [3, 5]));
        ThreeWays.Check((Tensor<double> x) => x.MoveAxis(0, 2), Tensors([2, 3, 4]));
    }

    [Test]
    public void Sizes_change()
    {
        ThreeWays.Check(
            (Tensor<double> x) => x.Reshape(-1, 2) * 2.0,
            Tensors([4, 3], [2, 3, 4], [8], [1, 2], [1, 1, 2])
        );
        ThreeWays.Check((Tensor<double> x) => x.Flatten() + 1.0, Tensors([4, 3], [2, 3, 4], [8], [1, 1], [1]));
        ThreeWays.Check((Tensor<double> x) => x.Reshape(1, 1), Tensors([1], [1, 1], [2]));
        ThreeWays.Check(
            (Tensor<double> x, int n) => x.Reshape(n, 3),
            [
                [Numbers.Some<double>(2, 6), 4],
                [Numbers.Some<double>(2, 6), 5],
            ]
        );
        ThreeWays.Check((Tensor<double> x) => (x * 2.0).ExpandDims(1), Tensors([4], [1], [2, 3]));
        ThreeWays.Check((Tensor<double> x) => x.Squeeze(0), Tensors([1, 4], [1, 1], [1]));
        ThreeWays.Check((Tensor<double> x) => x.Squeeze(0), Tensors([2, 4]));
        ThreeWays.Check((Tensor<double> x) => x.BroadcastTo(3, 4), Tensors([4], [1], [1, 4], [3, 1], [3, 4], [3]));
    }

    [Test]
    public void Parts_by_numbers()
    {
        var shapes = Tensors([9], [2, 5], [1, 4], [3, 1], [4, 4, 2]);
        ThreeWays.Check((Tensor<double> x) => x.SliceAxis(0, 1, 3), Tensors([9], [3, 5], [5], [2, 2]));
        ThreeWays.Check((Tensor<double> x) => x.SliceAxis(-1, 1), shapes);
        ThreeWays.Check((Tensor<double> x) => x.SliceAxis(0, 0, 100, 2), shapes);
        ThreeWays.Check((Tensor<double> x) => x.SliceAxis(-1, -1, -100, -1), shapes);
        ThreeWays.Check((Tensor<double> x) => x.SliceAxis(0, -3, -1), shapes);
        ThreeWays.Check((Tensor<double> x) => x.Flip(-1) * 2.0, shapes);
        ThreeWays.Check(
            (Tensor<double> x, int from, int to) => x.SliceAxis(0, from, to),
            from int start in new[] { -20, -3, 0, 2, 20 }
            from int stop in new[] { -2, 0, 4, 9, 30 }
            select new object[] { Numbers.Some<double>(9), start, stop }
        );
    }

    [Test]
    public void Parts_by_subscripts()
    {
        ThreeWays.Check((Tensor<double> x) => x.Slice("1:-1"), Tensors([9], [3, 2], [5, 4]));
        ThreeWays.Check((Tensor<double> x) => x.Slice("1:, ::-1"), Tensors([3, 2], [5, 4, 2]));
        ThreeWays.Check((Tensor<double> x) => x.Slice("..., 1"), Tensors([3, 2], [5, 4, 2], [4]));
        ThreeWays.Check((Tensor<double> x) => x.Slice("-1"), Tensors([3, 2], [5], [2, 3, 4]));
        ThreeWays.Check((Tensor<double> x) => x.Slice("3"), Tensors([3, 2], [5, 2]));
        ThreeWays.Check((Tensor<double> x) => x.Slice("newaxis, :, 0"), Tensors([3, 2]));
        ThreeWays.Check((Tensor<double> x) => x - x.Slice("0:1").BroadcastTo(3, 2), Tensors([3, 2]));
    }

    [Test]
    public void Stencils()
    {
        ThreeWays.Check(
            (Tensor<double> u) => (0.5 * u.Slice("1:-1")) + (0.25 * (u.Slice(":-2") + u.Slice("2:"))),
            Tensors([9], [3], [100], [40], [2], [1], [0]),
            1e-15
        );
        ThreeWays.Check(
            (Tensor<double> u) =>
                0.25 * (u.Slice(":-2, 1:-1") + u.Slice("2:, 1:-1") + u.Slice("1:-1, :-2") + u.Slice("1:-1, 2:")),
            Tensors([9, 7], [40, 33]),
            1e-15
        );
    }

    [Test]
    public void What_CSharp_computes_is_what_subscripts_say()
    {
        var x = Numbers.Some<double>(4, 5);
        var (turned, part) = (x.Permute(1, 0), x.Slice("-1:0:-2, 1:4"));
        Assert.Multiple(() =>
        {
            Assert.That(turned.Lengths.ToArray(), Is.EqualTo(new nint[] { 5, 4 }));
            Assert.That(part.Lengths.ToArray(), Is.EqualTo(new nint[] { 2, 3 }));
            for (nint i = 0; i < 4; i++)
            {
                for (nint j = 0; j < 5; j++)
                {
                    Assert.That(turned[j, i], Is.EqualTo(x[i, j]));
                }
            }

            for (nint i = 0; i < 2; i++)
            {
                for (nint j = 0; j < 3; j++)
                {
                    Assert.That(part[i, j], Is.EqualTo(x[3 - (2 * i), 1 + j]));
                }
            }
        });
    }

    private static readonly int Axis = 1;

    [Test]
    public void An_axis_is_a_constant_or_a_readonly_field()
    {
        var x = Numbers.Some<double>(3, 4);
        Assert.That(
            Jit.Compile((Tensor<double> x) => x.Sum(Axis)).Invoke(x).Lengths.ToArray(),
            Is.EqualTo(new nint[] { 3 })
        );
        var error = Assert.Throws<Mlir.Frontend.UnsupportedExpressionException>(() =>
            Jit.Compile((Tensor<double> x, int axis) => x.Sum(axis)).Invoke(x, 1)
        );
        Assert.That(error!.Message, Does.Contain("'axis' must be a constant or a static readonly field"));
    }
}
