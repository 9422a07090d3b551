namespace Mlir.Tests.Frontend;

/// <summary>Arrays of any rank and element type: elements with checks, sizes, and arrays as results.</summary>
public sealed class ArrayTests
{
    private static readonly double[,] Grid =
    {
        { 1, 2, 3 },
        { 4, 5, 6 },
    };

    private static IEnumerable<object[]> Subscripts =>
        from i in new[] { -1, 0, 1, 2 }
        from j in new[] { -1, 0, 2, 3 }
        select new object[] { Grid, i, j };

    [Test]
    public void Elements_of_rectangular_arrays() =>
        Differential.Check((double[,] g, int i, int j) => g[i, j] * 2, Subscripts);

    [Test]
    public void Sizes_of_rectangular_arrays() =>
        Differential.Check(
            (double[,] g, long[,,] h) =>
                g.Length * 1000 + g.GetLength(1) * 100 + h.GetLength(2) * 10 + (int)h.LongLength,
            [
                [Grid, new long[2, 0, 3]],
                [Grid, new long[1, 2, 3]],
            ]
        );

    [Test]
    public void Rectangular_arrays_come_back()
    {
        foreach (var target in Targets.All)
        {
            var pick = Jit.Compile((bool c, double[,] a, double[,] b) => c ? a : b, new() { Target = target });
            var result = pick.Invoke(true, Grid, new double[0, 4]);
            Assert.That(result, Is.EqualTo(Grid), target);
            Assert.That(result, Is.Not.SameAs(Grid), target);
            var empty = pick.Invoke(false, Grid, new double[0, 4]);
            Assert.That((empty.GetLength(0), empty.GetLength(1)), Is.EqualTo((0, 4)), target);
        }
    }

    [Test]
    public void Arrays_keep_their_element_type()
    {
        foreach (var target in Targets.All)
        {
            var options = new JitOptions { Target = target };
            Assert.That(
                Jit.Compile((char[] c, DayOfWeek[] d, nint[] n) => ValueTuple.Create(c, d, n), options)
                    .Invoke(['a', 'ż'], [DayOfWeek.Friday], [-1, 2]),
                Is.EqualTo((new[] { 'a', 'ż' }, new[] { DayOfWeek.Friday }, new nint[] { -1, 2 })),
                target
            );
            Assert.That(Jit.Compile((bool[] b, int i) => b[i], options).Invoke([false, true], 1), Is.True, target);
        }
    }

    private enum Mask : ulong
    {
        None,
        Top = 1UL << 63,
    }

    [Test]
    public void Enumerations_keep_their_type()
    {
        Differential.Check(
            (Mask m) => ValueTuple.Create(m == Mask.None ? Mask.Top : m, (ulong)m),
            [
                [Mask.None],
                [Mask.Top],
            ]
        );
        Differential.Check(
            (DayOfWeek d, bool next) => next ? (DayOfWeek)((int)d + 1) : d,
            [
                [DayOfWeek.Monday, true],
                [DayOfWeek.Monday, false],
            ]
        );
    }

    [Test]
    public void A_null_array_is_named()
    {
        foreach (var target in Targets.All)
        {
            var kernel = Jit.Compile((double[,] grid) => grid[0, 0], new() { Target = target });
            Assert.That(
                Assert.Throws<ArgumentNullException>(() => kernel.Invoke(null!))!.ParamName,
                Is.EqualTo("grid"),
                target
            );
        }
    }
}
