using System.Numerics.Tensors;
using Mlir.Arrays;
using Mlir.Backends;
using Mlir.Backends.Gpu;
using Mlir.Lowering.Gpu;

namespace Mlir.Tests.Frontend;

/// <summary>A lambda runs where it is told to, or says why it cannot.</summary>
[NonParallelizable]
public sealed class DeviceTests
{
    /// <summary>Elementwise code gives the interpreter's bits on every device; OpenCL's is there wherever tools are required.</summary>
    [TestCase("ptx")]
    [TestCase("opencl")]
    public void A_lambda_runs_on_a_device_with_the_bits_of_the_interpreter(string name)
    {
        NeededDevice.Check(name);
        var x = Tensor.Create([.. Enumerable.Range(0, 3000).Select(i => i * 0.37f - 200)]);
        var y = Tensor.Create([.. Enumerable.Range(0, 3000).Select(i => (i % 17) * 0.5f)]);
        var there = Jit.Compile(
            (Tensor<float> x, Tensor<float> y, float f) => Tensor.Exp<float>(x * 0.01f) * y + f,
            Device.Named(name)
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

    /// <summary>A driver's signal handler must not take division by zero away from .NET, nor a kernel's division end the process.</summary>
    [TestCase("ptx")]
    [TestCase("opencl")]
    public void Division_by_zero_is_an_exception_beside_a_device_and_on_it(string name)
    {
        NeededDevice.Check(name);
        var x = Tensor.Create([.. Enumerable.Range(-1500, 3000)]);
        var y = Tensor.Create([.. Enumerable.Range(0, 3000).Select(i => i == 2222 ? 0 : 7)]);
        var there = Jit.Compile((Tensor<int> x, Tensor<int> y) => x / y, Device.Named(name));
        Assert.That(() => there.Invoke(x, y), Throws.InstanceOf<DivideByZeroException>());
        Assert.That(there.Invoke(y, Tensor.Create([.. Enumerable.Repeat(2, 3000)]))[0], Is.EqualTo(3));
        var zero = y[2222];
        Assert.That(() => x[0] / zero, Throws.InstanceOf<DivideByZeroException>());
    }

    /// <summary>Rows of floats are one kernel of warps on NVIDIA's GPUs; lambdas get the interpreter's bits from it.</summary>
    [TestCase("ptx")]
    [TestCase("opencl")]
    public void A_softmax_of_rows_runs_on_a_device(string name)
    {
        NeededDevice.Check(name);
        var x = Tensor.Create([.. Enumerable.Range(0, 5 * 301).Select(i => MathF.Sin(i) * 9)], [5, 301]);
        var there = Jit.Compile((Tensor<float> x) => x.Softmax(1), Device.Named(name));
        var here = Jit.Compile((Tensor<float> x) => x.Softmax(1), Device.Interpreter);
        Assert.That(there.Invoke(x), Is.EqualTo(here.Invoke(x)));
    }

    /// <summary>Factors with more than ten bits of fraction are cut where the caller allows it, and only there.</summary>
    [Test]
    public void Tensor_cores_multiply_floats_where_the_caller_allows_it()
    {
        var x = Tensor.Create([.. Enumerable.Range(0, 64 * 64).Select(i => 1 + i % 61 / 8192f)], [64, 64]);
        var exact = Jit.Compile((Tensor<float> x) => x.MatMul(x), Device.PtxMachine).Invoke(x);
        var cut = Jit.Compile(
                (Tensor<float> x) => x.MatMul(x),
                Device.PtxMachine.On(new JitOptions { AllowTf32 = true })
            )
            .Invoke(x);
        Assert.That(cut, Is.Not.EqualTo(exact));
        Assert.That(cut, Is.EqualTo(exact).Within(64 * 2 * MathF.ScaleB(1, -10)));
    }

    /// <summary>Hopper's products are used where they are asked for and the device has them.</summary>
    [TestCase(GpuFeatures.Wgmma, true, ExpectedResult = true)]
    [TestCase(GpuFeatures.Wgmma, false, ExpectedResult = false)]
    [TestCase(GpuFeatures.None, true, ExpectedResult = false)]
    public bool A_feature_is_used_where_it_is_asked_for_and_there(GpuFeatures asked, bool isThere)
    {
        var machine = GpuBackend.Create("ptx");
        var isUsed = false;
        var watched = machine with
        {
            Code = null,
            HasFeature = feature => isThere && feature == GpuBackend.Warpgroups,
            Emit = lowered =>
            {
                isUsed = lowered.Module.Discardable[ProductsToGpu.WarpgroupsAttribute] is not null;
                return machine.Emit(lowered);
            },
        };
        var options = new JitOptions
        {
            Compiler = new CompilerBuilder().Add(watched).Build(),
            GpuFeatures = asked,
            UseCache = false,
            Store = null,
        };
        var x = Tensor.Create([1f, 2, 3, 4], [2, 2]);
        Assert.That(Jit.Compile((Tensor<float> x) => x.MatMul(x), options).Invoke(x)[1, 1], Is.EqualTo(22));
        return isUsed;
    }

    /// <summary>Threads that fail at once all write down why.</summary>
    [TestCase("ptx")]
    [TestCase("opencl")]
    public void Many_threads_may_fail_at_once(string name)
    {
        NeededDevice.Check(name);
        var x = Tensor.Create([.. Enumerable.Range(0, 3000)]);
        var zeros = Tensor.Create(new int[3000]);
        var there = Jit.Compile((Tensor<int> x, Tensor<int> y) => x / y + x, Device.Named(name));
        Assert.That(() => there.Invoke(x, zeros), Throws.InstanceOf<DivideByZeroException>());
        Assert.That(there.Invoke(zeros, x + 1)[2999], Is.Zero);
    }

    /// <summary>A quotient of more digits than the format has.</summary>
    [TestCase("ptx")]
    [TestCase("opencl")]
    public void A_remainder_is_that_of_DotNet_however_large_the_quotient(string name)
    {
        NeededDevice.Check(name);
        var random = new System.Random(1);
        double[] x = [.. Enumerable.Range(0, 500).Select(i => (random.NextDouble() - 0.5) * Math.Pow(10, i - 250))];
        double[] y = [.. Enumerable.Range(0, 500).Select(i => (random.NextDouble() + 0.1) * Math.Pow(2, i % 7))];
        var doubles = Jit.Compile((Tensor<double> x, Tensor<double> y) => x.Remainder(y), Device.Named(name));
        var singles = Jit.Compile((Tensor<float> x, Tensor<float> y) => x.Remainder(y), Device.Named(name));
        Assert.That(
            doubles.Invoke(Tensor.Create(x), Tensor.Create(y)),
            Is.EqualTo(x.Zip(y, static (a, b) => a % b).ToArray())
        );
        float[] xf = [.. x.Select(static v => (float)v)],
            yf = [.. y.Select(static v => (float)v)];
        Assert.That(
            singles.Invoke(Tensor.Create(xf), Tensor.Create(yf)),
            Is.EqualTo(xf.Zip(yf, static (a, b) => a % b).ToArray())
        );
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
