using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Storage;

namespace Mlir.Tests.Frontend;

/// <summary>Kernels that answer with quickly compiled code until the optimised code is there.</summary>
public sealed class TieringTests
{
    private static readonly Expression<Func<Tensor<double>, Tensor<double>, Tensor<double>>> Softplus = (x, y) =>
        Tensor.Log<double>(Tensor.Exp<double>(x) + 1.0) * y + Tensor.Sum<double>(x * y);

    [Test]
    public async Task Both_tiers_give_the_same_bits()
    {
        var gate = new TaskCompletionSource();
        var kernel = Jit.Compile(Softplus, Options(gate.Task));
        var (x, y) = (Data(1, 10_007), Data(2, 10_007));
        var quick = kernel.Invoke(x, y);
        Assert.That(kernel.Optimized.IsCompleted, Is.False);
        gate.SetResult();
        await kernel.Optimized;
        var optimized = kernel.Invoke(x, y);
        var plain = Jit.Compile(Softplus, new JitOptions { UseCache = false }).Invoke(x, y);
        Assert.That(Bits(quick), Is.EqualTo(Bits(plain)));
        Assert.That(Bits(optimized), Is.EqualTo(Bits(plain)));
    }

    [Test]
    public async Task What_was_optimised_before_needs_no_tier()
    {
        var store = new CodeStore(Directory.CreateTempSubdirectory("mlir-tiers").FullName);
        try
        {
            for (var process = 0; process < 2; process++)
            {
                var kernel = Jit.Compile(
                    Softplus,
                    new JitOptions
                    {
                        Tiering = true,
                        Store = store,
                        Compiler = new CompilerBuilder().UseCpu().Build(),
                    }
                );
                Assert.That(kernel.Optimized == Task.CompletedTask, Is.EqualTo(process == 1));
                await kernel.Optimized;
            }
        }
        finally
        {
            Directory.Delete(store.Folder, recursive: true);
        }
    }

    [Test]
    public void A_failure_in_the_background_leaves_the_kernel_as_it_is()
    {
        var cpu = CpuBackend.Create();
        var broken = cpu with
        {
            Code = null,
            Emit = static _ => throw new InvalidOperationException("no memory for this"),
        };
        var kernel = Jit.Compile(
            (Tensor<double> x) => x + 1.0,
            new JitOptions { Tiering = true, Compiler = new CompilerBuilder().Add(broken).Build() }
        );
        Assert.That(
            async () => await kernel.Optimized,
            Throws.InvalidOperationException.With.Message.Contains("memory")
        );
        Assert.That(kernel.Invoke(Tensor.Create<double>([1]))[0], Is.EqualTo(2));
    }

    [Test]
    public void Kernels_of_scalars_are_optimised_at_once()
    {
        var kernel = Jit.Compile((double x) => x * 2, new JitOptions { Tiering = true });
        Assert.That(kernel.Optimized.IsCompleted, Is.True);
        Assert.That(kernel.Invoke(4), Is.EqualTo(8));
    }

    [Test]
    public async Task Errors_keep_their_lines_when_the_code_changes()
    {
        var kernel = Jit.Compile(
            (int[] x, int i) => x[i] / (i - 2),
            new JitOptions { Tiering = true, UseCache = false }
        );
        int[] x = [1, 2, 3];
        for (var round = 0; round < 2; round++)
        {
            Assert.That(
                () => kernel.Invoke(x, 3),
                Throws.TypeOf<IndexOutOfRangeException>().With.Message.Contains("TieringTests.cs")
            );
            Assert.That(() => kernel.Invoke(x, 2), Throws.TypeOf<DivideByZeroException>());
            Assert.That(kernel.Invoke(x, 0), Is.EqualTo(0));
            await kernel.Optimized;
        }
    }

    /// <summary>Tiers whose second one waits for <paramref name="gate"/>.</summary>
    private static JitOptions Options(Task gate)
    {
        var cpu = CpuBackend.Create();
        var waiting = cpu with
        {
            Code = null,
            Emit = lowered =>
            {
                gate.Wait();
                return cpu.Emit(lowered);
            },
        };
        return new JitOptions
        {
            Tiering = true,
            UseCache = false,
            Compiler = new CompilerBuilder().Add(waiting).Build(),
        };
    }

    private static Tensor<double> Data(int seed, int size)
    {
        var random = new Random(seed);
        return Tensor.Create([.. Enumerable.Range(0, size).Select(_ => random.NextDouble() * 8 - 4)]);
    }

    private static long[] Bits(Tensor<double> tensor) => [.. tensor.Select(BitConverter.DoubleToInt64Bits)];
}
