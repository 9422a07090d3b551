using System.Linq.Expressions;

namespace Mlir.Tests.Arrays;

/// <summary>Captured variables where the code depends on them: axes, modes, equations. Their present values count at every call.</summary>
public sealed class CapturedAxisTests
{
    private static readonly Tensor<double> X = Numbers.Some<double>(3, 4, 5);
    private readonly int _field = 2;

    [Test]
    public void Every_function_with_an_axis_takes_it_from_a_variable()
    {
        int axis = 1,
            other = 2;
        int[] axes = [0, 2];
        var keep = true;
        Check(x => x.Sum(axis));
        Check(x => x.Sum(axes, keep));
        Check(x => x.Mean(axis, keep) + x.Var(axis, axis, keep) + x.Std(axis, ddof: 0, keepDims: keep));
        Check(x => x.Max(_field) - x.Min(_field));
        Check(x => x.Norm(axis) * x.LogSumExp(axis) * x.Product(axis));
        Check(x => x.Softmax(axis) + x.LogSoftmax(-other));
        Check(x => x.CumulativeSum(axis) + x.CumulativeProduct(other));
        Check(x => x.CumulativeMax(axis) - x.CumulativeMin(axis - 1));
        Check(x => x.Sort(other, !keep) + x.Flip(axis) + x.Roll(2, axis) + x.Roll(axis, other));
        Check(x => x.TopK(2, axis));
        Check(x => x.Permute(other, 0, axis));
        Check(x => x.SwapAxes(axis, other).MoveAxis(other, 0));
        Check(x => x.ExpandDims(axis).Squeeze(axis));
        Check(x => x.SliceAxis(axis, 1, 4, step: other) + x.SliceAxis(axis, 0, 4, other));
        Check(x => x.Pad(other, axis, 2, PadMode.Edge).Repeat(other, axis));
        Check(x =>
            Tensor.Concatenate(new[] { x, x }, axis) + Tensor.Stack(new[] { x, x }, axis).Sum(axis).Repeat(2, axis)
        );
        Check(x => x.Take(Tensor.ARange(axis), axis));
        CheckPlaces(x => x.ArgMax(axis) - x.ArgMin(axis, false));
        CheckPlaces(x => x.ArgSort(axis, keep) + x.ArgSort(other));
        CheckPlaces(x => x.ArgTopK(1, axes[1]));
    }

    [Test]
    public void So_do_modes_subscripts_and_sizes()
    {
        var (mode, convolve) = (PadMode.Reflect, ConvolveMode.Valid);
        var (subscript, equation) = ("1:, ..., ::2", "bij->jib");
        var (size, stride) = (2, 1);
        Check(x => x.Pad(0, 1, 1, mode));
        Check(x => x.Flatten().Convolve(Tensor.Ones<double>(3), convolve));
        Check(x => x.Slice(subscript));
        Check(x => Tensor.Einsum(equation, x));
        Check(x => x.MaxPool2D(size, stride) + x.AvgPool2D(size, stride));
    }

    [Test]
    public void So_do_the_functions_of_the_framework()
    {
        var dimension = 1;
        int[] order = [2, 0, 1];
        Check(x => Tensor.PermuteDimensions(x, order));
        Check(x => Tensor.ReverseDimension<double>(x, dimension));
        Check(x => Tensor.Unsqueeze(x, dimension + 1));
        Check(x => Tensor.ConcatenateOnDimension(dimension, new Tensor<double>[] { x, x }));
    }

    [Test]
    public void A_call_sees_the_value_that_the_variable_has_then()
    {
        var axis = 0;
        int[] axes = [0, 1];
        var kernel = Jit.Compile((Tensor<double> x) => x.Sum(axis).Sum(0) + x.Sum(axes));
        var eager = kernel.Source.Compile();
        foreach (var (next, pair) in new[] { (0, 1), (1, 1), (1, 2), (0, 1) })
        {
            (axis, axes[1]) = (next, pair);
            var small = Numbers.Some<double>(4, 4, 4);
            Assert.That(Numbers.Flat(kernel.Invoke(small)), Is.EqualTo(Numbers.Flat(eager(small))).Within(1e-12));
        }

        axis = 7;
        Assert.That(
            Assert.Throws<Mlir.Frontend.UnsupportedExpressionException>(() => kernel.Invoke(X))!.Message,
            Does.Contain("axis")
        );
    }

    /// <summary>Results in given memory, explanations and the code follow the variable, too.</summary>
    [Test]
    public void Everything_about_the_kernel_follows()
    {
        var axis = 0;
        var kernel = Jit.Compile((Tensor<double> x) => x.CumulativeSum(axis));
        var into = Tensor.CreateFromShape<double>([3, 4, 5]);
        var texts = new List<string>();
        for (axis = 0; axis < 3; axis++)
        {
            kernel.Into(into, X);
            Assert.That(Numbers.Flat(into), Is.EqualTo(Numbers.Flat(X.CumulativeSum(axis))));
            texts.Add(kernel.Ir["input"]);
        }

        Assert.That(texts.Distinct().Count(), Is.EqualTo(3));
        axis = 1;
        Assert.That(kernel.Explain([3, 4, 5]).Function, Does.Contain("CumulativeSum(axis)"));
    }

    [Test]
    public void Closures_keep_their_own_values()
    {
        Kernel<Func<Tensor<double>, Tensor<double>>> Make(int axis) => Jit.Compile((Tensor<double> x) => x.Sum(axis));
        var (first, last) = (Make(0), Make(2));
        Assert.That(first.Invoke(X).Lengths.ToArray(), Is.EqualTo(new nint[] { 4, 5 }));
        Assert.That(last.Invoke(X).Lengths.ToArray(), Is.EqualTo(new nint[] { 3, 4 }));
    }

    [Test]
    public void Kernels_that_kernels_call_follow_their_own_variables()
    {
        var axis = 0;
        var inner = Jit.Compile((Tensor<double> x) => x.Sum(axis));
        var outer = Jit.Compile((Tensor<double> x) => inner.Invoke(x) * 2.0);
        for (axis = 0; axis < 3; axis++)
        {
            Assert.That(Numbers.Flat(outer.Invoke(X)), Is.EqualTo(Numbers.Flat(X.Sum(axis) * 2.0)).Within(1e-12));
        }
    }

    [Test]
    public void A_variable_may_be_an_axis_and_a_number_at_once()
    {
        var axis = 1;
        var kernel = Jit.Compile((Tensor<double> x) => x.Sum(axis) * (double)axis);
        Assert.That(Numbers.Flat(kernel.Invoke(X)), Is.EqualTo(Numbers.Flat(X.Sum(1))).Within(1e-12));
        axis = 2;
        Assert.That(Numbers.Flat(kernel.Invoke(X)), Is.EqualTo(Numbers.Flat(X.Sum(2) * 2.0)).Within(1e-12));
    }

    private static void Check(Expression<Func<Tensor<double>, Tensor<double>>> lambda) =>
        ThreeWays.Check(
            lambda,
            [
                [X],
            ],
            1e-12
        );

    private static void CheckPlaces(Expression<Func<Tensor<double>, Tensor<long>>> lambda) =>
        ThreeWays.Check(
            lambda,
            [
                [X],
            ]
        );
}
