using System.Numerics.Tensors;
using Mlir.Backends.Gpu;

namespace Mlir.Tests.Frontend;

/// <summary>Arrays stay on the device between calls of kernels.</summary>
[NonParallelizable]
public sealed class DeviceValueTests
{
    private static readonly Tensor<float> Numbers = Tensor.Create([
        .. Enumerable.Range(0, 3000).Select(i => i * 0.37f - 200),
    ]);

    private static IEnumerable<string> Everywhere => ["ptx", "opencl", "cpu", "interpreter"];

    /// <summary>Three calls in a row: one copy there, one back, and the bits of the host.</summary>
    [TestCase("ptx")]
    [TestCase("opencl")]
    public void Nothing_is_copied_between_calls(string name)
    {
        var device = Find(name);
        var step = Jit.Compile((Tensor<float> x, float a) => Tensor.Sin<float>(x) * a + x, device);
        var total = Jit.Compile((Tensor<float> x) => Tensor.Sum<float>(x), device);
        var runtime = GpuBackend.DeviceOf(name);
        var before = runtime.Statistics;
        float sum;
        using (var x = device.Upload(Numbers))
        using (var y = step.OnDevice(x, 0.5f))
        using (var z = step.OnDevice(y, 0.25f))
        {
            sum = total.OnDevice(z).ToHost();
        }

        var after = runtime.Statistics;
        var here = Jit.Compile((Tensor<float> x, float a) => Tensor.Sin<float>(x) * a + x, Device.Interpreter);
        var expected = here.Invoke(here.Invoke(Numbers, 0.5f), 0.25f);
        var totalHere = Jit.Compile((Tensor<float> x) => Tensor.Sum<float>(x), Device.Interpreter);
        Assert.Multiple(() =>
        {
            Assert.That(sum, Is.EqualTo(totalHere.Invoke(expected)));
            Assert.That(after.BytesToDevice - before.BytesToDevice, Is.EqualTo(4L * Numbers.FlattenedLength));
            Assert.That(after.BytesToHost - before.BytesToHost, Is.EqualTo(4), "the sum alone");
            Assert.That(after.Copies - before.Copies, Is.EqualTo(2));
        });
    }

    /// <summary>The same program means the same wherever it runs: shapes, several results, scalars, values of the host.</summary>
    [TestCaseSource(nameof(Everywhere))]
    public async Task A_program_over_values_of_a_device_runs_everywhere(string name)
    {
        var device = Find(name);
        var split = Jit.Compile(
            (Tensor<double> x, Tensor<double> row, double s) => ValueTuple.Create(x + row, x * s),
            device
        );
        var table = Tensor.Create([.. Enumerable.Range(0, 12).Select(i => (double)i)], [3, 4]);
        var row = Tensor.Create([1.0, 2, 3, 4]);
        using var x = await device.UploadAsync(table);
        var (sum, product) = split.OnDevice(x, row, 2.0);
        using var both = await split.OnDeviceAsync(sum, row, -1.0);
        var (again, negative) = await both.ToHostAsync();
        await product.WhenReadyAsync();
        Assert.Multiple(() =>
        {
            Assert.That(product.Lengths.ToArray(), Is.EqualTo(new nint[] { 3, 4 }));
            Assert.That(product.ToHost(), Is.EqualTo(table.Select(v => v * 2)));
            Assert.That(again, Is.EqualTo(table.Select((v, i) => v + (2 * (i % 4 + 1)))));
            Assert.That(negative, Is.EqualTo(table.Select((v, i) => -(v + (i % 4 + 1)))));
            Assert.That(x.ToHost(), Is.EqualTo(table), "arguments stay as they are");
        });
        sum.Dispose();
        product.Dispose();
        product.Dispose();
    }

    /// <summary>An array of the host may change after it was uploaded, and the copy that comes back is nobody else's.</summary>
    [TestCaseSource(nameof(Everywhere))]
    public void Values_are_copies(string name)
    {
        var device = Find(name);
        var source = new[] { 1, 2, 3 };
        using var there = device.Upload(source);
        source[0] = 100;
        there.ToHost()[1] = 100;
        Assert.That(there.ToHost(), Is.EqualTo(new[] { 1, 2, 3 }));
        using var copy = there.To(device);
        there.Dispose();
        var reversed = Jit.Compile((int[] a) => a[2] * 100 + a[1] * 10 + a[0], device);
        Assert.That(reversed.OnDevice(copy).ToHost(), Is.EqualTo(321));
    }

    [Test]
    public void A_failing_kernel_throws_at_the_call_and_the_next_one_goes_on()
    {
        var divide = Jit.Compile((Tensor<int> x, Tensor<int> y) => x / y, Device.PtxMachine);
        using var x = Device.PtxMachine.Upload(Tensor.Create([6, 8]));
        Assert.Multiple(() =>
        {
            Assert.That(
                () => divide.OnDevice(x, Tensor.Create([1, 0])),
                Throws.InstanceOf<DivideByZeroException>().With.Message.Contains("DeviceValueTests.cs")
            );
            Assert.That(
                async () => await divide.OnDeviceAsync(x, Tensor.Create([1, 0])),
                Throws.InstanceOf<DivideByZeroException>()
            );
        });
        using var halves = divide.OnDevice(x, Tensor.Create([2, 2]));
        Assert.That(halves.ToHost(), Is.EqualTo(Tensor.Create([3, 4])));
    }

    [Test]
    public void What_lies_elsewhere_is_refused()
    {
        var there = Jit.Compile((Tensor<float> x) => x + x, Device.PtxMachine);
        var here = Jit.Compile((Tensor<float> x) => x + x, Device.Interpreter);
        using var x = Device.PtxMachine.Upload(Numbers);
        Assert.That(() => here.OnDevice(x), Throws.ArgumentException.With.Message.Contains("on ptx"));
        x.Dispose();
        Assert.That(() => there.OnDevice(x), Throws.InstanceOf<ObjectDisposedException>());
    }

    private static Device Find(string name)
    {
        if (name is not ("cpu" or "interpreter"))
        {
            NeededDevice.Check(name);
        }

        return Device.Named(name);
    }
}
