using System.Buffers;
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
    public void A_branch_that_was_not_taken_before_still_fails()
    {
        foreach (var target in Targets.All)
        {
            var options = Specialized with { Target = target };
            var sum = Jit.Compile((Tensor<double> x, Tensor<double> y, bool add) => add ? x + y : x - 1.0, options);
            var chosen = Jit.Compile(
                (Tensor<double> x, Tensor<double> y, bool add) => add ? Tensor.Sum<double>(x * y) : 7.0,
                options
            );
            foreach (
                var (a, b) in new (nint[], nint[])[]
                {
                    ([3], [4]),
                    ([4], [3]),
                    ([2, 3], [2, 2]),
                    ([0], [2]),
                    ([2, 3], [2]),
                }
            )
            {
                var (x, y) = (Data(1, a), Data(2, b));
                for (var call = 1; call <= 3; call++)
                {
                    Assert.That(sum.Invoke(x, y, false).Lengths.ToArray(), Is.EqualTo(a));
                    Assert.That(chosen.Invoke(x, y, false), Is.EqualTo(7.0));
                }

                var error = Assert.Throws<ArgumentException>(() => sum.Invoke(x, y, true), target)!;
                Assert.That(
                    error.Message,
                    Does.Contain("not broadcast compatible").And.Contain("SpecializationTests.cs(")
                );
                Assert.Throws<ArgumentException>(() => chosen.Invoke(x, y, true), target);
            }
        }
    }

    [Test]
    public void Sizes_that_depend_on_values_are_compared_with_known_ones()
    {
        foreach (var target in Targets.All)
        {
            var options = Specialized with { Target = target };
            var right = Jit.Compile(
                (Tensor<double> x, Tensor<double> y, int n) => x + y.Slice(new NRange[] { new NRange(0, n) }),
                options
            );
            var left = Jit.Compile(
                (Tensor<double> x, Tensor<double> y, int n) => y.Slice(new NRange[] { new NRange(0, n) }) * x,
                options
            );
            var same = Jit.Compile(
                (Tensor<double> x, Tensor<double> y, int n) =>
                    Tensor.SequenceEqual<double>(
                        (ReadOnlyTensorSpan<double>)x,
                        (ReadOnlyTensorSpan<double>)y.Slice(new NRange[] { new NRange(0, n) })
                    ),
                options
            );
            var (x, y) = (Data(1, [3]), Data(1, [5]));
            for (var call = 1; call <= 3; call++)
            {
                Assert.That(right.Invoke(x, y, 3).ToArray(), Is.EqualTo((x + y.Slice(0..3)).ToArray()));
                Assert.That(left.Invoke(x, y, 3).ToArray(), Is.EqualTo((x * y.Slice(0..3)).ToArray()));
                Assert.Throws<ArgumentException>(() => right.Invoke(x, y, 4), target);
                Assert.Throws<ArgumentException>(() => left.Invoke(x, y, 2), target);
                Assert.That(same.Invoke(x, y, 3), Is.True);
                Assert.That(same.Invoke(x, y, 2), Is.False);
                Assert.That(same.Invoke(Data(1, [1]), y, 1), Is.True);
            }
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
