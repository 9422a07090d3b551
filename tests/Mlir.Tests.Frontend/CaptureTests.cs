using System.Numerics.Tensors;

namespace Mlir.Tests.Frontend;

/// <summary>Captured variables are read at every call; kernels call kernels; arrays are indexed with checks.</summary>
public sealed class CaptureTests
{
    private static readonly double Fixed = 2.5;
    private static double changing = 1;
    private readonly double _field = 3;

    [Test]
    public void A_captured_variable_is_read_at_every_call()
    {
        var factor = 2.0;
        var kernel = Jit.Compile((double x) => x * factor);
        Assert.That(kernel.Invoke(10), Is.EqualTo(20));
        factor = 3;
        Assert.That(kernel.Invoke(10), Is.EqualTo(30));
    }

    [Test]
    public void Each_closure_keeps_its_own_variables()
    {
        Kernel<Func<double, double>> Make(double factor) => Jit.Compile((double x) => x * factor);
        var (two, three) = (Make(2), Make(3));
        Assert.That(two.Invoke(1), Is.EqualTo(2));
        Assert.That(three.Invoke(1), Is.EqualTo(3));
    }

    [Test]
    public void Fields_statics_and_captured_tensors()
    {
        var weights = Tensor.Create(new[] { 1.0, 2, 3 });
        var kernel = Jit.Compile((Tensor<double> x) => x * weights + _field + Fixed + changing);
        changing = 1;
        Assert.That(Elements(kernel.Invoke(Tensor.Create(new[] { 1.0, 1, 1 }))), Is.EqualTo(new[] { 7.5, 8.5, 9.5 }));
        changing = 2;
        weights = Tensor.Create(new[] { 10.0, 20, 30 });
        Assert.That(
            Elements(kernel.Invoke(Tensor.Create(new[] { 1.0, 1, 1 }))),
            Is.EqualTo(new[] { 17.5, 27.5, 37.5 })
        );
    }

    [Test]
    public void Kernels_call_kernels()
    {
        var square = Jit.Compile((double x) => x * x);
        var distance = Jit.Compile((double x, double y) => Math.Sqrt(square.Invoke(x) + square.Invoke(y)));
        Assert.That(distance.Invoke(3, 4), Is.EqualTo(5));
    }

    [Test]
    public void Arrays_are_indexed_with_checks()
    {
        var kernel = Jit.Compile((double[] a, int i) => a[i] + a.Length);
        double[] data = [1, 2, 3];
        Assert.That(kernel.Invoke(data, 2), Is.EqualTo(6));
        Assert.Throws<IndexOutOfRangeException>(() => kernel.Invoke(data, 3));
        Assert.Throws<IndexOutOfRangeException>(() => kernel.Invoke(data, -1));
        Assert.Throws<ArgumentNullException>(() => kernel.Invoke(null!, 0));
    }

    private static double[] Elements(Tensor<double> tensor)
    {
        var data = new double[tensor.FlattenedLength];
        tensor.FlattenTo(data);
        return data;
    }
}
