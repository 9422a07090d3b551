using Mlir.Backends;
using Mlir.Backends.Cpu;
using static System.Numerics.Tensors.Tensor;

namespace Mlir.Tests.Arrays;

/// <summary>Formulas so long that whole vectors and those at the ends of an array share one loop.</summary>
public sealed class LongBodyTests
{
    private static readonly int[] Lengths = [0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 65, 130, 257];

    [Test]
    public void Of_any_length()
    {
        ThreeWays.Check(
            (Tensor<double> x) => Sin<double>(x) + Cos<double>(x) * Tan<double>(x),
            Lengths.SelectMany(n => new object[][] { [Numbers.Some<double>(n)], [Numbers.Strided<double>(n)] }),
            1e-12
        );
        ThreeWays.Check(
            (Tensor<float> x) => Log<float>(x) * Atan<float>(x) + Tanh<float>(x),
            Lengths.Select(n => new object[] { Numbers.Some<float>(n) }),
            1e-4
        );
    }

    [Test]
    public void Rows_of_any_length() =>
        ThreeWays.Check(
            (Tensor<double> x, Tensor<double> y) => Sin<double>(x) + Cos<double>(x) * Tan<double>(y),
            Lengths.Select(n => new object[] { Numbers.Some<double>(5, n), Numbers.Some<double>(n) }),
            1e-12
        );

    [Test]
    public void Around_the_cache_from_any_address_on()
    {
        var cpu = CpuBackend.Create();
        var around = cpu.Variants.Single(v => v.Name == "around the cache").Of(cpu);
        var kernel = Jit.Compile(
            (Tensor<double> x) => Sin<double>(x) + Cos<double>(x) * Tan<double>(x),
            new JitOptions { Compiler = new CompilerBuilder().Add(around).Build(), Store = null }
        );
        const int Untouched = -7;
        foreach (
            var (offset, length) in from o in Enumerable.Range(0, 9)
            from n in (int[])[8192, 8193, 9007]
            select (o, n)
        )
        {
            var x = Numbers.Some<double>(length);
            var memory = Enumerable.Repeat((double)Untouched, length + 32).ToArray();
            kernel.Into(Tensor.Create(memory, offset, [length], [1]), x);
            var expected = new double[length];
            (Sin<double>(x) + Cos<double>(x) * Tan<double>(x)).FlattenTo(expected);
            Assert.Multiple(() =>
            {
                Assert.That(
                    memory[offset..(offset + length)],
                    Is.EqualTo(expected).Within(4).Ulps,
                    $"{offset}, {length}"
                );
                Assert.That(memory[..offset].Concat(memory[(offset + length)..]), Is.All.EqualTo(Untouched));
            });
        }
    }
}
