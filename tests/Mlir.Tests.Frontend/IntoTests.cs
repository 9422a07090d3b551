using System.Numerics.Tensors;

namespace Mlir.Tests.Frontend;

/// <summary>Results that are written into memory which the caller gives.</summary>
public sealed class IntoTests
{
    private static readonly string[] Backends = [.. Targets.All];

    [TestCaseSource(nameof(Backends))]
    public void A_result_is_written_where_the_caller_wants_it(string target)
    {
        var kernel = Jit.Compile((Tensor<double> x, double a) => x * a + 1.0, new() { Target = target });
        var x = Data(1000);
        var to = Tensor.CreateFromShape<double>([1000]);
        kernel.Into(to, x, 3);
        Assert.That(Flat(to), Is.EqualTo(Flat(x).Select(e => e * 3 + 1)));
    }

    [TestCaseSource(nameof(Backends))]
    public void A_tuple_of_results_takes_a_tuple_of_destinations(string target)
    {
        var kernel = Jit.Compile(
            (Tensor<double> x, Tensor<double> y) => new ValueTuple<Tensor<double>, Tensor<double>>(x + y, x * y),
            new() { Target = target }
        );
        var (x, y) = (Data(77), Data(77));
        var (sum, product) = (Tensor.CreateFromShape<double>([77]), Tensor.CreateFromShape<double>([77]));
        kernel.Into((sum, product), x, y);
        Assert.That(Flat(sum), Is.EqualTo(Flat(x).Zip(Flat(y), (a, b) => a + b)));
        Assert.That(Flat(product), Is.EqualTo(Flat(x).Zip(Flat(y), (a, b) => a * b)));
    }

    [TestCaseSource(nameof(Backends))]
    public void An_argument_may_be_the_destination(string target)
    {
        var kernel = Jit.Compile((Tensor<double> x, Tensor<double> y) => (x - y) * x, new() { Target = target });
        var (x, y) = (Data(5003), Data(5003));
        var expected = Flat(kernel.Invoke(x, y));
        var (first, second) = (Copy(x), Copy(y));
        kernel.Into(first, first, y);
        kernel.Into(second, x, second);
        Assert.That(Flat(first), Is.EqualTo(expected));
        Assert.That(Flat(second), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Backends))]
    public void What_is_still_read_is_not_overwritten(string target)
    {
        // The destination begins one element after the argument, or is the argument of a kernel that is not elementwise.
        var options = new JitOptions { Target = target };
        var memory = Enumerable.Range(0, 5001).Select(i => (double)i).ToArray();
        var shifted = Jit.Compile((Tensor<double> x) => x * 2.0, options);
        shifted.Into(Tensor.Create(memory, 1, [5000], default), Tensor.Create(memory, 0, [5000], default));
        Assert.That(memory.Skip(1), Is.EqualTo(Enumerable.Range(0, 5000).Select(i => i * 2.0)));

        var centred = Jit.Compile((Tensor<double> x) => x - Tensor.Max<double>(x), options);
        var data = Data(3000);
        var expected = Flat(centred.Invoke(data));
        centred.Into(data, data);
        Assert.That(Flat(data), Is.EqualTo(expected));

        var both = Jit.Compile(
            (Tensor<double> x) => new ValueTuple<Tensor<double>, Tensor<double>>(x + 1.0, x * Tensor.Sum<double>(x)),
            options
        );
        var (one, other) = (Data(3000), Tensor.CreateFromShape<double>([3000]));
        var (a, b) = both.Invoke(one);
        both.Into((one, other), one);
        Assert.That(Flat(one), Is.EqualTo(Flat(a)));
        Assert.That(Flat(other), Is.EqualTo(Flat(b)));
    }

    [TestCaseSource(nameof(Backends))]
    public void A_destination_may_have_strides_and_any_rank(string target)
    {
        var kernel = Jit.Compile((Tensor<int> x) => x + 1, new() { Target = target });
        var x = Tensor.Create(Enumerable.Range(0, 12).ToArray(), [3, 4]);
        var to = Tensor.CreateFromShape<int>([3, 8]);
        kernel.Into(to.Slice(0..3, 2..6), x);
        var expected = new int[24];
        for (var i = 0; i < 12; i++)
        {
            expected[(i / 4 * 8) + 2 + (i % 4)] = i + 1;
        }

        Assert.That(Flat(to), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Backends))]
    public void A_tensor_that_begins_inside_its_array_is_read_from_there(string target)
    {
        var kernel = Jit.Compile((Tensor<int> x) => x + 1, new() { Target = target });
        var memory = Enumerable.Range(0, 10).ToArray();
        Assert.That(Flat(kernel.Invoke(Tensor.Create(memory, 3, [4], default))), Is.EqualTo([4, 5, 6, 7]));
        Assert.That(Flat(kernel.Invoke(Tensor.Create(memory).Slice(6..9))), Is.EqualTo([7, 8, 9]));
    }

    [TestCaseSource(nameof(Backends))]
    public void Wrong_destinations_are_named(string target)
    {
        var options = new JitOptions { Target = target };
        var kernel = Jit.Compile((Tensor<double> x) => x + 1.0, options);
        Assert.That(
            () => kernel.Into(Data(9), Data(10)),
            Throws.ArgumentException.With.Message.Contains("10").And.Message.Contains("9")
        );
        Assert.That(
            () => kernel.Into(Tensor.CreateFromShape<double>([5, 2]), Data(10)),
            Throws.ArgumentException.With.Message.Contains("[5, 2]")
        );
        Assert.That(() => kernel.Into(null!, Data(10)), Throws.ArgumentNullException);
        var scalar = Jit.Compile((Tensor<double> x) => Tensor.Sum<double>(x), options);
        Assert.That(() => scalar.Into(0, Data(3)), Throws.InstanceOf<NotSupportedException>());
    }

    [Test]
    public void Destinations_must_not_overlap()
    {
        var kernel = Jit.Compile(
            (Tensor<double> x) => new ValueTuple<Tensor<double>, Tensor<double>>(x + 1.0, x * 2.0),
            new() { Target = "cpu" }
        );
        var to = Data(8);
        Assert.That(() => kernel.Into((to, to), Data(8)), Throws.ArgumentException.With.Message.Contains("overlap"));
    }

    [Test]
    public void Nothing_is_allocated()
    {
        var kernel = Jit.Compile((Tensor<double> x, Tensor<double> y) => x * y + 1.0, new() { Target = "cpu" });
        var (x, y, to) = (Data(64), Data(64), Data(64));
        kernel.Into(to, x, y);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            kernel.Into(to, x, y);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Nothing_is_allocated_for_arguments_of_several_shapes()
    {
        var kernel = Jit.Compile((Tensor<double> x, Tensor<double> y) => x * y + 1.0, new() { Target = "cpu" });
        var (x, row, to) = (Tensor.CreateFromShape<double>([8, 8]), Data(8), Tensor.CreateFromShape<double>([8, 8]));
        var column = Tensor.CreateFromShape<double>([8, 1]);
        kernel.Into(to, x, row);
        kernel.Into(to, x, column);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            kernel.Into(to, x, row);
            kernel.Into(to, x, column);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static Tensor<double> Data(int count) =>
        Tensor.Create(Enumerable.Range(0, count).Select(i => Math.Sin(i) * 8).ToArray());

    private static Tensor<double> Copy(Tensor<double> x) => Tensor.Create(Flat(x));

    private static T[] Flat<T>(Tensor<T> x)
    {
        var all = new T[x.FlattenedLength];
        x.FlattenTo(all);
        return all;
    }
}
