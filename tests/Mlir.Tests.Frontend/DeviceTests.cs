using System.Numerics.Tensors;
using Mlir.Backends.Gpu;

namespace Mlir.Tests.Frontend;

/// <summary>A lambda runs where it is told to, or says why it cannot.</summary>
[NonParallelizable]
public sealed class DeviceTests
{
    [Test]
    public void A_lambda_runs_on_the_PTX_machine_with_the_bits_of_the_interpreter()
    {
        var x = Tensor.Create([.. Enumerable.Range(0, 3000).Select(i => i * 0.37f - 200)]);
        var y = Tensor.Create([.. Enumerable.Range(0, 3000).Select(i => (i % 17) * 0.5f)]);
        var there = Jit.Compile(
            (Tensor<float> x, Tensor<float> y, float f) => Tensor.Exp<float>(x * 0.01f) * y + f,
            Device.PtxMachine
        );
        var here = Jit.Compile(
            (Tensor<float> x, Tensor<float> y, float f) => Tensor.Exp<float>(x * 0.01f) * y + f,
            Device.Interpreter
        );
        for (var run = 0; run < 3; run++)
        {
            Assert.That(there.Invoke(x, y, run), Is.EqualTo(here.Invoke(x, y, run)));
        }
    }

    [Test]
    public void What_is_not_there_is_refused_with_its_reason() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                () => Device.Named("cuda:99"),
                Throws.InstanceOf<DeviceUnavailableException>().With.Property("Reason").Not.Empty
            );
            Assert.That(
                () => Device.Named("abacus"),
                Throws.InstanceOf<DeviceUnavailableException>().With.Message.Contains("no such kind")
            );
            Assert.That(() => Device.Gpu(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        });

    [Test]
    public void The_best_device_can_be_named_in_the_environment()
    {
        var before = Environment.GetEnvironmentVariable(Device.Variable);
        try
        {
            Environment.SetEnvironmentVariable(Device.Variable, "ptx");
            Assert.That(Device.Best.Name, Is.EqualTo("ptx"));
            Environment.SetEnvironmentVariable(Device.Variable, "cuda:99");
            Assert.That(() => Device.Best, Throws.InstanceOf<DeviceUnavailableException>());
            Environment.SetEnvironmentVariable(Device.Variable, null);
            Assert.That(Device.Best.Name, Is.AnyOf("gpu", "cpu", "interpreter"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Device.Variable, before);
        }
    }
}
