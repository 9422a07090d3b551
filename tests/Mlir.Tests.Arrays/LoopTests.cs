namespace Mlir.Tests.Arrays;

/// <summary>Loops inside lambdas.</summary>
public sealed class LoopTests
{
    private static IEnumerable<object[]> Doubles =>
        Numbers.Shapes.SelectMany(s => new[] { 0, 1, 5, -2 }.Select(n => new object[] { Numbers.Some<double>(s), n }));

    [Test]
    public void A_tensor_goes_around() =>
        ThreeWays.Check(
            (Tensor<double> x, int n) => Loop.For(n, x, (i, state) => (0.5 * (state + x)) - (double)i),
            Doubles
        );

    /// <summary>A body that reads neighbours writes to a second array; the two take turns, so that iterations ask for no memory.</summary>
    [Test]
    public void Stencils_take_turns_between_two_arrays()
    {
        var roll = Jit.Compile(
            (Tensor<double> x, int n) => Loop.For(n, x, (i, s) => 0.5 * (s.Roll(1, 0) + s.Roll(-1, 0)))
        );
        var padded = Jit.Compile(
            (Tensor<double> x, int n) =>
                Loop.For(
                    n,
                    x,
                    (i, s) => (0.5 * (s.Slice(":-2, 1:-1") + s.Slice("2:, 1:-1"))).Pad(0, 1, 1, 0.0).Pad(1, 1, 1, 0.0)
                )
        );
        var wave = Jit.Compile(
            (Tensor<double> x, int n) =>
                Loop.For(
                    n,
                    ValueTuple.Create(x, x + x),
                    (i, s) => ValueTuple.Create(s.Item1 + s.Item1.Roll(1, 0) - s.Item2, s.Item1)
                ).Item1
        );
        var square = Numbers.Some<double>(40, 50);
        foreach (var kernel in new[] { roll, padded, wave })
        {
            Assert.That(Requested(kernel, 100), Is.EqualTo(Requested(kernel, 4)), kernel.ToString);
        }

        long Requested(Kernel<Func<Tensor<double>, int, Tensor<double>>> kernel, int iterations)
        {
            kernel.Invoke(square, iterations);
            var before = Mlir.Runtime.TemporaryMemory.RequestedBytes;
            kernel.Invoke(square, iterations);
            return Mlir.Runtime.TemporaryMemory.RequestedBytes - before;
        }
    }

    [Test]
    public void Arrays_that_take_turns_are_right_for_any_number_of_iterations()
    {
        ThreeWays.Check(
            (Tensor<double> x, int n) => Loop.For(n, x, (i, s) => 0.5 * (s.Roll(1, 0) + s.Roll(-1, 0))),
            Doubles
        );
        ThreeWays.Check(
            (Tensor<double> x, int n) =>
                Loop.For(
                    n,
                    ValueTuple.Create(x, x + x),
                    (i, s) => ValueTuple.Create(s.Item1 + s.Item1.Roll(1, 0) - s.Item2, s.Item1)
                ).Item2,
            Doubles
        );
        ThreeWays.Check(
            (Tensor<double> x, int n) => Loop.For(n, x, (i, s) => Tensor.Concatenate(new[] { s, s.Roll(1, 0) }, 0)),
            Doubles
        );
    }

    [Test]
    public void Scalars_go_around_as_they_do_in_a_loop() =>
        ThreeWays.Check(
            (int n) =>
                Loop.For(n, ValueTuple.Create(0L, 1L), (i, s) => ValueTuple.Create(s.Item2, s.Item1 + s.Item2)).Item1,
            [
                [0],
                [1],
                [2],
                [50],
            ]
        );

    [Test]
    public void A_tuple_of_tensors_changes_places() =>
        ThreeWays.Check(
            (Tensor<double> x, int n) =>
                Loop.For(n, ValueTuple.Create(x, x + x), (i, s) => ValueTuple.Create(s.Item2, s.Item1 + s.Item2)).Item1,
            Doubles
        );

    [Test]
    public void A_loop_ends_when_its_condition_fails() =>
        ThreeWays.Check(
            (long n) =>
                Loop.While(
                    ValueTuple.Create(n, 0),
                    s => s.Item1 > 1,
                    s => ValueTuple.Create(s.Item1 % 2 == 0 ? s.Item1 / 2 : (3 * s.Item1) + 1, s.Item2 + 1)
                ).Item2,
            [
                [1L],
                [6L],
                [27L],
                [97L],
            ]
        );

    [Test]
    public void A_tensor_decides_when_to_stop() =>
        ThreeWays.Check(
            (Tensor<double> x) => Loop.While(x, s => Tensor.Max<double>(s) > 1.0, s => s * 0.5),
            [
                [Numbers.Some<double>(33)],
                [Numbers.Some<double>(4, 5)],
            ]
        );

    [Test]
    public void A_loop_inside_a_loop_sees_both_states() =>
        ThreeWays.Check(
            (Tensor<double> x, int n) => Loop.For(n, x, (i, a) => Loop.For(i, a, (j, b) => b + (x * (double)j)) - a),
            Doubles
        );

    [Test]
    public void Captured_variables_are_read_inside()
    {
        var factor = 3.0;
        ThreeWays.Check(
            (Tensor<double> x) => Loop.For(2, x, (i, s) => s * factor),
            [
                [Numbers.Some<double>(5)],
            ]
        );
    }

    [Test]
    public void A_scan_gives_its_state_and_a_result_for_each_element()
    {
        object[][] inputs =
        [
            [Numbers.Some<double>(0)],
            [Numbers.Some<double>(1)],
            [Numbers.Some<double>(100)],
        ];
        ThreeWays.Check(
            (Tensor<double> x) =>
                Loop.Scan(x, 1.0, (s, e) => ValueTuple.Create((0.9 * s) + (0.1 * e), s > e ? 1 : 0)).Results,
            inputs
        );
        ThreeWays.Check(
            (Tensor<double> x) => Loop.Scan(x, 1.0, (s, e) => ValueTuple.Create((0.9 * s) + (0.1 * e), s)).State,
            inputs
        );
    }

    [Test]
    public void Two_lambdas_that_differ_inside_a_loop_are_two_kernels()
    {
        var x = Numbers.Some<double>(3);
        var once = Jit.Compile((Tensor<double> t) => Loop.For(2, t, (i, s) => s + t)).Invoke(x);
        var other = Jit.Compile((Tensor<double> t) => Loop.For(2, t, (i, s) => s + s)).Invoke(x);
        Assert.That(Numbers.Flat(once), Is.EqualTo(Numbers.Flat(x).Select(v => 3 * v)));
        Assert.That(Numbers.Flat(other), Is.EqualTo(Numbers.Flat(x).Select(v => 4 * v)));
    }

    [Test]
    public void What_throws_inside_throws() =>
        ThreeWays.Check(
            (int[] a, int n) => Loop.For(n, 0, (i, s) => s + a[i]),
            [
                [new[] { 1, 2, 3 }, 3],
                [new[] { 1, 2, 3 }, 4],
            ]
        );

    [Test]
    public void A_delegate_from_elsewhere_is_named()
    {
        Func<int, double, double> body = (i, s) => s + i;
        Assert.That(
            () => Jit.Compile((double x) => Loop.For(3, x, body)),
            Throws.Exception.With.Message.Contains("a lambda written in this place is needed")
        );
    }
}
