using System.Numerics.Tensors;
using Mlir.Backends;
using Mlir.Backends.Cpu;

namespace Mlir.Tests.Frontend;

/// <summary>Kernels with a version for each combination of sizes.</summary>
public sealed class SpecializationTests
{
    private static readonly JitOptions Specialized = new() { Shapes = ShapeMode.Specialized };

    [Test]
    public void Every_size_gives_the_bits_of_the_dynamic_kernel()
    {
        var special = Jit.Compile((Tensor<double> x, Tensor<double> y) => Tensor.Exp<double>(x) * y + x, Specialized);
        var dynamic = Jit.Compile((Tensor<double> x, Tensor<double> y) => Tensor.Exp<double>(x) * y + x);
        nint[][] shapes =
        [
            [0],
            [1],
            [3],
            [16],
            [17],
            [4, 5],
            [2, 3, 4],
            [1, 7],
        ];
        foreach (var shape in shapes)
        {
            var (x, y) = (Data(1, shape), Data(2, shape));
            var expected = dynamic.Invoke(x, y);
            for (var call = 1; call <= 3; call++)
            {
                var actual = special.Invoke(x, y);
                Assert.That(actual.Lengths.ToArray(), Is.EqualTo(shape));
                Assert.That(
                    actual.ToArray(),
                    Is.EqualTo(expected.ToArray()),
                    $"{string.Join('x', shape)}, call {call}"
                );
            }
        }
    }

    [Test]
    public void Broadcasting_and_reductions_are_as_in_the_dynamic_kernel()
    {
        var special = Jit.Compile((Tensor<double> x, Tensor<double> y) => (x + y) * Tensor.Sum<double>(y), Specialized);
        var dynamic = Jit.Compile((Tensor<double> x, Tensor<double> y) => (x + y) * Tensor.Sum<double>(y));
        var (x, y) = (Data(3, [4, 5]), Data(4, [1, 5]));
        for (var call = 1; call <= 3; call++)
        {
            Assert.That(special.Invoke(x, y).ToArray(), Is.EqualTo(dynamic.Invoke(x, y).ToArray()));
        }
    }

    [Test]
    public void Sizes_that_do_not_fit_fail_as_in_the_dynamic_kernel()
    {
        var special = Jit.Compile((Tensor<double> x, Tensor<double> y) => x + y, Specialized);
        var dynamic = Jit.Compile((Tensor<double> x, Tensor<double> y) => x + y);
        var (x, y) = (Data(1, [3]), Data(2, [4]));
        var expected = Assert.Catch(() => dynamic.Invoke(x, y))!;
        for (var call = 1; call <= 3; call++)
        {
            Assert.That(() => special.Invoke(x, y), Throws.TypeOf(expected.GetType()));
        }
    }

    [Test]
    public void The_number_of_versions_is_bounded()
    {
        var compiled = 0;
        var cpu = CpuBackend.Create();
        var counting = cpu with
        {
            Code = null,
            Emit = lowered =>
            {
                compiled++;
                return cpu.Emit(lowered);
            },
        };
        var kernel = Jit.Compile(
            (Tensor<double> x) => x + 1.0,
            Specialized with
            {
                Compiler = new CompilerBuilder().Add(counting).Build(),
            }
        );
        for (nint call = 0; call < 120; call++)
        {
            var size = 2 + call % 40;
            var x = Data(1, [size]);
            Assert.That(kernel.Invoke(x)[size - 1], Is.EqualTo(x[size - 1] + 1));
        }

        Assert.That(compiled, Is.EqualTo(17), "sixteen sizes, and one version for all others");
    }

    private static Tensor<double> Data(int seed, nint[] shape)
    {
        var random = new Random(seed);
        nint count = 1;
        foreach (var size in shape)
        {
            count *= size;
        }

        return Tensor.Create([.. Enumerable.Range(0, (int)count).Select(_ => random.NextDouble() * 4 - 2)], shape);
    }
}
