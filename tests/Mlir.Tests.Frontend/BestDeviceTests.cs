using System.Diagnostics;
using System.Numerics.Tensors;
using Mlir.Arrays;
using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Simulation;

namespace Mlir.Tests.Frontend;

/// <summary>Each call goes where it takes less time, copies included: told of a device that says it is large.</summary>
[NonParallelizable]
public sealed class BestDeviceTests
{
    private DriverDouble _driver = null!;
    private GpuDevice _device = null!;
    private JitOptions _best = null!;

    [SetUp]
    public void Open()
    {
        _driver = new DriverDouble(new DriverDoubleOptions(IsLarge: true, Launches: LaunchMode.Skip));
        _device = new GpuDevice(_driver, 0);
        var compiler = new CompilerBuilder()
            .UseCpu()
            .Add(GpuBackend.Create("large", () => _device, () => _device.Info))
            .Build();
        _best = new JitOptions
        {
            Compiler = compiler,
            Target = "large",
            Alternative = CpuBackend.Name,
        };
    }

    [TearDown]
    public void Close()
    {
        _device.Dispose();
        _driver.Dispose();
    }

    /// <summary>A product of n × n does n operations for each byte: the copies are worth it from some size on.</summary>
    [Test]
    public void Much_arithmetic_for_each_byte_goes_to_the_device_and_little_stays()
    {
        var product = Jit.Compile((Tensor<float> a, Tensor<float> b) => a.MatMul(b), _best);
        var sum = Jit.Compile((Tensor<float> x) => x + x, _best);
        Assert.Multiple(() =>
        {
            Assert.That(product.Explain([8, 8], [8, 8]).Places[0].Target, Is.EqualTo("cpu"));
            Assert.That(product.Explain([8192, 8192], [8192, 8192]).Places[0].Target, Is.EqualTo("large"));
            Assert.That(
                product.Explain([8192, 8192], [8192, 8192]).ToString(),
                Does.Match("runs on large: about .+ µs, copies .+ µs of it; on cpu: about .+ µs")
            );
            Assert.That(sum.Explain([1_000_000_000]).Places[0].Target, Is.EqualTo("cpu"), "it only moves bytes");
            Assert.That(product.Target, Is.EqualTo("large or cpu"));
        });
    }

    /// <summary>The times are the formula's: copies of three matrices at 8 GB/s, the start values, and n³ steps.</summary>
    [Test]
    public void The_estimate_follows_from_the_figures_of_the_device()
    {
        var place = Jit.Compile((Tensor<float> a, Tensor<float> b) => a.MatMul(b), _best)
            .Explain([8192, 8192], [8192, 8192])
            .Places[0];
        var copies = 3 * 8192.0 * 8192 * 4 / 8e9;
        var operations = Math.Pow(8192, 3) / (132 * 64 * 1.98e9); // it is an sm_80
        Assert.Multiple(() =>
        {
            Assert.That(place.Copies.TotalSeconds, Is.EqualTo(copies).Within(1).Percent);
            Assert.That(place.Time.TotalSeconds, Is.EqualTo(copies + operations).Within(1).Percent);
        });
    }

    /// <summary>A sine of each pair of elements is much arithmetic for few bytes, if there are enough of them. The device runs nothing here.</summary>
    [Test]
    public void A_call_runs_where_it_was_chosen_to_and_a_line_says_so()
    {
        var heavy = Jit.Compile(
            (Tensor<float> x, Tensor<float> y) => Tensor.Sin<float>(x.Outer(y)).Sum(1, false),
            _best
        );
        using var lines = new StringWriter();
        using var listener = new TextWriterTraceListener(lines);
        Trace.Listeners.Add(listener);
        try
        {
            var few = Tensor.Create([.. Enumerable.Range(0, 4).Select(i => i * 0.25f)]);
            _ = heavy.Invoke(few, few);
            Assert.That(_device.Statistics.Launches + _device.Statistics.GraphLaunches, Is.Zero);
            Assert.That(lines.ToString(), Does.Match("runs on cpu: about .+ µs on cpu, .+ µs on large"));
            var many = Tensor.CreateFromShape<float>([10_000]);
            _ = heavy.Invoke(many, many);
            Assert.That(_device.Statistics.Launches + _device.Statistics.GraphLaunches, Is.Not.Zero);
            Assert.That(lines.ToString(), Does.Match("runs on large: about .+ µs on large, .+ µs on cpu"));
        }
        finally
        {
            Trace.Listeners.Remove(listener);
        }
    }

    [Test]
    public void Values_of_the_device_stay_there()
    {
        var sum = Jit.Compile((Tensor<float> x) => x + x, _best);
        using var first = sum.OnDevice(Tensor.Create([1f, 2]));
        using var second = sum.OnDevice(first);
        Assert.Multiple(() =>
        {
            Assert.That(second.Device, Is.EqualTo(_device.Id));
            Assert.That(second.Lengths.ToArray(), Is.EqualTo(new nint[] { 2 }));
            Assert.That(sum.Invoke(Tensor.Create([1f, 2])), Is.EqualTo(Tensor.Create([2f, 4])));
        });
    }
}
