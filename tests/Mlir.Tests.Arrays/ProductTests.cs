namespace Mlir.Tests.Arrays;

/// <summary>Products of vectors, matrices and stacks.</summary>
public sealed class ProductTests
{
    private static IEnumerable<object[]> Pairs(params (int[] A, int[] B)[] shapes) =>
        shapes.Select(s => new object[] { Numbers.Some<double>(1, s.A), Numbers.Some<double>(2, s.B) });

    [Test]
    public void Matrices_and_vectors() =>
        ThreeWays.Check(
            (Tensor<double> a, Tensor<double> b) => a.MatMul(b),
            Pairs(
                ([3, 4], [4, 5]),
                ([17, 19], [19, 33]),
                ([1, 4], [4, 1]),
                ([4], [4]),
                ([4], [4, 3]),
                ([3, 4], [4]),
                ([2, 0], [0, 3]),
                ([3, 4], [3, 5])
            ),
            1e-11
        );

    [Test]
    public void Stacks_broadcast() =>
        ThreeWays.Check(
            (Tensor<double> a, Tensor<double> b) => a.MatMul(b),
            Pairs(
                ([5, 3, 4], [5, 4, 2]),
                ([5, 3, 4], [4, 2]),
                ([3, 4], [5, 4, 2]),
                ([1, 3, 4], [5, 4, 2]),
                ([2, 1, 3, 4], [5, 4, 2]),
                ([5, 3, 4], [4]),
                ([4], [5, 4, 2]),
                ([5, 3, 4], [6, 4, 2])
            ),
            1e-11
        );

    [Test]
    public void Small_integers_add_up_in_wider_ones() =>
        ThreeWays.Check(
            (Tensor<sbyte> a, Tensor<sbyte> b) => a.MatMul<sbyte, int>(b),
            [
                [Numbers.Some<sbyte>(7, 50), Numbers.Some<sbyte>(50, 9)],
                [Numbers.Some<sbyte>(2, 3, 4), Numbers.Some<sbyte>(4, 2)],
            ]
        );

    [Test]
    public void Einsum()
    {
        ThreeWays.Check(
            (Tensor<double> x) => Tensor.Einsum("ij->ji", x),
            Pairs(([3, 4], [1])).Select(p => new[] { p[0] })
        );
        ThreeWays.Check(
            (Tensor<double> x) => Tensor.Einsum("ii", x),
            [
                [Numbers.Some<double>(4, 4)],
                [Numbers.Some<double>(4, 3)],
            ],
            1e-12
        );
        ThreeWays.Check(
            (Tensor<double> x) => Tensor.Einsum("ij->j", x),
            [
                [Numbers.Some<double>(4, 3)],
            ],
            1e-12
        );
        ThreeWays.Check(
            (Tensor<double> x, Tensor<double> y) => Tensor.Einsum("ij,jk", x, y),
            Pairs(([3, 4], [4, 5])),
            1e-12
        );
        ThreeWays.Check(
            (Tensor<double> x, Tensor<double> y) => Tensor.Einsum("ij,kj->ik", x, y),
            Pairs(([3, 4], [5, 4]), ([3, 4], [5, 3])),
            1e-12
        );
        ThreeWays.Check(
            (Tensor<double> x, Tensor<double> y) => Tensor.Einsum("bij,bjk->bik", x, y),
            Pairs(([2, 3, 4], [2, 4, 5])),
            1e-12
        );
        ThreeWays.Check(
            (Tensor<double> x, Tensor<double> y) => Tensor.Einsum("i,j->ij", x, y),
            Pairs(([3], [5])),
            1e-12
        );
    }

    [Test]
    public void Dot_and_outer()
    {
        ThreeWays.Check(
            (Tensor<double> x, Tensor<double> y) => x.Dot(y),
            Pairs(([7], [7]), ([3, 4], [4, 5]), ([3, 4], [4]), ([2, 3, 4], [5, 4, 2])),
            1e-12
        );
        ThreeWays.Check((Tensor<double> x, Tensor<double> y) => x.Outer(y), Pairs(([7], [5]), ([2, 2], [3])));
    }

    [Test]
    public void What_CSharp_computes_is_the_triple_loop()
    {
        var (a, b) = (Numbers.Some<double>(1, [2, 3, 4]), Numbers.Some<double>(2, [4, 5]));
        var c = a.MatMul(b);
        Assert.That(c.Lengths.ToArray(), Is.EqualTo(new nint[] { 2, 3, 5 }));
        for (nint s = 0; s < 2; s++)
        {
            for (nint i = 0; i < 3; i++)
            {
                for (nint j = 0; j < 5; j++)
                {
                    var sum = 0.0;
                    for (nint k = 0; k < 4; k++)
                    {
                        sum += a[s, i, k] * b[k, j];
                    }

                    Assert.That(c[s, i, j], Is.EqualTo(sum).Within(1e-12));
                }
            }
        }
    }
}
