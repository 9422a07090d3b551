using System.Numerics.Tensors;
using Mlir.Arrays;
using Mlir.Backends;
using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Interop;
using Mlir.Backends.Gpu.Simulation;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;

namespace Mlir.Tests.Frontend;

/// <summary>Kernels outlive the device that they were compiled for, once it can be opened again.</summary>
[NonParallelizable]
public sealed class LostDeviceTests
{
    private readonly List<DriverDouble> _drivers = [];
    private readonly List<GpuDevice> _devices = [];

    [TearDown]
    public void Close()
    {
        _devices.ForEach(static device => device.Dispose());
        _drivers.ForEach(static driver => driver.Dispose());
        _devices.Clear();
        _drivers.Clear();
    }

    [Test]
    public void A_kernel_goes_on_where_its_lost_device_was_opened_again()
    {
        var compiler = new CompilerBuilder().Add(GpuBackend.Create("double", Open, () => Open().Info)).Build();
        var options = new JitOptions { Compiler = compiler };
        var x = Tensor.Create([1f, 2, 3]);
        var kernel = Jit.Compile((Tensor<float> x) => x * 2f + 1f, options);
        var shaped = Jit.Compile((Tensor<float> x) => x.Sum(0), options);
        Assert.That(kernel.Invoke(x).ToArray(), Is.EqualTo(new[] { 3f, 5, 7 }));
        Assert.That(shaped.Invoke(x).ToArray(), Is.EqualTo(new[] { 6f }));

        _drivers[^1].Lose(0, DriverResult.LaunchFailed);
        Assert.That(() => kernel.Invoke(x), Throws.InstanceOf<GpuException>(), "the call that notices");
        Assert.That(kernel.Invoke(x).ToArray(), Is.EqualTo(new[] { 3f, 5, 7 }));
        Assert.That(shaped.Invoke(x).ToArray(), Is.EqualTo(new[] { 6f }));
        Assert.That(
            Jit.Compile((Tensor<float> x) => x * 3f, options).Invoke(x).ToArray(),
            Is.EqualTo(new[] { 3f, 6, 9 })
        );
        Assert.That(_devices, Has.Count.EqualTo(2));
    }

    /// <summary>A module that is found in memory is not one of a device that is gone.</summary>
    [Test]
    public void What_was_compiled_for_a_lost_device_is_not_found_any_more()
    {
        var compiler = new CompilerBuilder().Add(GpuBackend.Create("double", Open, () => Open().Info)).Build();
        var module = Jit.Compile((Tensor<float> x) => x + 1f, new JitOptions { Compiler = compiler });
        var text = (ModuleOp)MlirText.Parse(module.Ir["input"], AllDialects.Registry).ValueOrThrow();
        var first = compiler.Compile(text);
        Assert.That(compiler.Find(text), Is.SameAs(first));
        _drivers[^1].Lose(0, DriverResult.LaunchFailed);
        Assert.That(() => _devices[^1].Upload<float>([1]).ToArray(), Throws.InstanceOf<GpuException>());
        Assert.That(compiler.Find(text), Is.Null);
        Assert.That(compiler.Compile(text), Is.Not.SameAs(first));
    }

    /// <summary>Elements are copied once on their way to what takes them boxed.</summary>
    [Test]
    public void Arguments_are_copied_once([Values] bool isUnsigned)
    {
        const int Count = 1 << 20;
        Func<object> call;
        if (isUnsigned)
        {
            var x = Tensor.Create(new uint[Count]);
            var kernel = Jit.Compile((Tensor<uint> x) => x.Slice("0:1"), Device.Interpreter);
            call = () => kernel.Invoke(x);
        }
        else
        {
            var x = Tensor.Create(new float[Count]);
            var kernel = Jit.Compile((Tensor<float> x) => x.Slice("0:1"), Device.Interpreter);
            call = () => kernel.Invoke(x);
        }

        call();
        var before = GC.GetAllocatedBytesForCurrentThread();
        call();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.InRange(4 * Count, 6 * Count));
    }

    private GpuDevice Open()
    {
        if (_devices.Count == 0 || _devices[^1].IsLost)
        {
            _drivers.Add(new DriverDouble());
            _devices.Add(new GpuDevice(_drivers[^1], 0));
        }

        return _devices[^1];
    }
}
