using System.Linq.Expressions;
using System.Numerics.Tensors;
using Mlir.Arrays;
using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Storage;

namespace Mlir.Tests.Frontend;

/// <summary>Kernels that measure variants of their code, and remember which was fastest.</summary>
public sealed class AutotuneTests
{
    private static readonly Expression<Func<Tensor<double>, Tensor<double>, Tensor<double>>> Mixed = (x, y) =>
        Tensor.Exp<double>(x) * y + Tensor.Sum<double>(x * y);

    private CodeStore _store = null!;

    [SetUp]
    public void CreateFolder() => _store = new CodeStore(Directory.CreateTempSubdirectory("mlir-tune").FullName);

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_store.Folder, recursive: true);

    [Test]
    public void Results_have_the_same_bits()
    {
        var tuned = CompileTuned();
        var plain = Jit.Compile(Mixed);
        foreach (var size in (nint[])[0, 1, 17, 1000, 100_003, 17, 100_003])
        {
            var (x, y) = (Data(1, [size]), Data(2, [size]));
            Assert.That(Bits(tuned.Invoke(x, y)), Is.EqualTo(Bits(plain.Invoke(x, y))), $"{size}");
        }

        Assert.That(tuned.Tuned.Select(t => t.Elements), Is.EqualTo((long[])[1, 2, 32, 1024, 131_072]));
        Assert.That(tuned.Tuned.All(t => t.Measured), Is.True);
    }

    [Test]
    public void Every_variant_that_may_be_chosen_gives_the_same_bits()
    {
        var plain = Jit.Compile(Mixed);
        foreach (var variant in CpuBackend.Create().Variants)
        {
            var options = new JitOptions { UseCache = false, Compiler = CompilerOf(v => v.Name == variant.Name) };
            var kernel = Jit.Compile(Mixed, options);
            foreach (var size in (nint[])[0, 3, 1000, 300_007])
            {
                var (x, y) = (Data(1, [size]), Data(2, [size]));
                Assert.That(Bits(kernel.Invoke(x, y)), Is.EqualTo(Bits(plain.Invoke(x, y))), $"{variant.Name}, {size}");
            }
        }
    }

    [Test]
    public void A_product_of_matrices_has_the_same_bits()
    {
        var (a, b) = (Floats(3, [70, 90]), Floats(4, [90, 50]));
        var tuned = Jit.Compile((Tensor<float> a, Tensor<float> b) => a.MatMul(b), Options());
        var plain = Jit.Compile((Tensor<float> a, Tensor<float> b) => a.MatMul(b));
        var oneThread = Jit.Compile(
            (Tensor<float> a, Tensor<float> b) => a.MatMul(b),
            new JitOptions { UseCache = false, Compiler = CompilerOf(v => v.Name == "one thread") }
        );
        var expected = plain.Invoke(a, b).ToArray();
        Assert.That(tuned.Invoke(a, b).ToArray(), Is.EqualTo(expected));
        Assert.That(tuned.Invoke(a, b).ToArray(), Is.EqualTo(expected));
        Assert.That(oneThread.Invoke(a, b).ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void What_was_measured_once_is_not_measured_again()
    {
        var (x, y) = (Data(1, [40, 50]), Data(2, [40, 50]));
        var first = CompileTuned();
        var expected = first.Invoke(x, y);
        first.Invoke(x, y);
        Assert.That(first.Tuned, Is.EqualTo(new[] { first.Tuned[0] with { Elements = 2048, Measured = true } }));

        // A compiler of its own knows no more than another process does.
        var second = CompileTuned();
        Assert.That(Bits(second.Invoke(x, y)), Is.EqualTo(Bits(expected)));
        Assert.That(second.Tuned, Is.EqualTo(new[] { first.Tuned[0] with { Measured = false } }));
    }

    [Test]
    public void A_damaged_answer_is_measured_again()
    {
        var x = Data(1, [500]);
        CompileTuned().Invoke(x, x);
        foreach (var file in Directory.EnumerateFiles(_store.Folder, "*.code", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            bytes[^1] ^= 1;
            File.WriteAllBytes(file, bytes);
        }

        var again = CompileTuned();
        again.Invoke(x, x);
        Assert.That(again.Tuned.Single().Measured, Is.True);
        var third = CompileTuned();
        third.Invoke(x, x);
        Assert.That(third.Tuned.Single().Measured, Is.False);
    }

    [Test]
    public void It_is_off_unless_asked_for()
    {
        var kernel = Jit.Compile(Mixed, Options() with { Autotune = false });
        kernel.Invoke(Data(1, [9]), Data(2, [9]));
        Assert.That(JitOptions.Default.Autotune, Is.False);
        Assert.That(kernel.Tuned, Is.Empty);
        Assert.That(_store.Contents.Count, Is.EqualTo(1), "the kernel's own code and nothing else");
    }

    [Test]
    public void An_argument_that_is_the_destination_changes_once()
    {
        var kernel = Jit.Compile((Tensor<double> x) => x * 3.0, Options());
        var x = Data(1, [5000]);
        var expected = x.Select(v => v * 3.0).ToArray();
        kernel.Into(x, x);
        Assert.That(x.ToArray(), Is.EqualTo(expected));
        Assert.That(kernel.Tuned.Single().Measured, Is.True);
    }

    [Test]
    public void A_call_that_fails_fails_as_ever_and_chooses_nothing()
    {
        var kernel = Jit.Compile((int[] x, int i) => x[i] / (i - 2), Options());
        int[] x = [1, 2, 3];
        Assert.That(
            () => kernel.Invoke(x, 3),
            Throws.TypeOf<IndexOutOfRangeException>().With.Message.Contains("AutotuneTests.cs")
        );
        Assert.That(() => kernel.Invoke(x, 2), Throws.TypeOf<DivideByZeroException>());
        Assert.That(kernel.Tuned, Is.Empty);
        Assert.That(kernel.Invoke(x, 1), Is.EqualTo(-2));
        Assert.That(kernel.Tuned.Single().Measured, Is.True);
        Assert.That(() => kernel.Invoke(x, 2), Throws.TypeOf<DivideByZeroException>());
    }

    [Test]
    public void A_variant_that_cannot_be_compiled_is_left_out()
    {
        var cpu = CpuBackend.Create();
        var broken = cpu with
        {
            Variants = [new BackendVariant("broken", _ => throw new InvalidOperationException("no such pass"))],
        };
        var kernel = Jit.Compile(
            (Tensor<double> x) => x + 1.0,
            Options() with
            {
                Compiler = new CompilerBuilder().Add(broken).Build(),
            }
        );
        Assert.That(kernel.Invoke(Tensor.Create<double>([1]))[0], Is.EqualTo(2));
        Assert.That(kernel.Tuned.Single().Choice, Is.EqualTo("as compiled"));
    }

    [Test]
    public async Task Threads_may_meet_in_the_first_call()
    {
        var kernel = CompileTuned();
        var (x, y) = (Data(1, [3000]), Data(2, [3000]));
        var expected = Bits(Jit.Compile(Mixed).Invoke(x, y));
        var calls = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Bits(kernel.Invoke(x, y))));
        foreach (var bits in await Task.WhenAll(calls))
        {
            Assert.That(bits, Is.EqualTo(expected));
        }

        Assert.That(kernel.Tuned, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task With_tiers_only_optimised_code_is_measured()
    {
        var kernel = Jit.Compile(Mixed, Options() with { Tiering = true });
        var (x, y) = (Data(1, [3000]), Data(2, [3000]));
        var quick = kernel.Invoke(x, y);
        await kernel.Optimized;
        Assert.That(Bits(kernel.Invoke(x, y)), Is.EqualTo(Bits(quick)));
        Assert.That(kernel.Tuned, Has.Count.EqualTo(1));
    }

    /// <summary>From one place in the source: where a lambda stands is part of what it is kept under.</summary>
    private Kernel<Func<Tensor<double>, Tensor<double>, Tensor<double>>> CompileTuned() =>
        Jit.Compile(Mixed, Options());

    private JitOptions Options() =>
        new()
        {
            Autotune = true,
            Store = _store,
            Compiler = new CompilerBuilder().UseCpu().Build(),
        };

    private static Compiler CompilerOf(Func<BackendVariant, bool> variant)
    {
        var cpu = CpuBackend.Create();
        return new CompilerBuilder().Add(cpu.Variants.Single(variant).Of(cpu)).Build();
    }

    private static Tensor<double> Data(int seed, nint[] shape)
    {
        var random = new Random(seed);
        return Tensor.Create(
            [
                .. Enumerable
                    .Range(0, (int)TensorPrimitives.Product<nint>(shape))
                    .Select(_ => random.NextDouble() * 4 - 2),
            ],
            shape
        );
    }

    private static Tensor<float> Floats(int seed, nint[] shape) =>
        Tensor.ConvertTruncating<double, float>(Data(seed, shape));

    private static long[] Bits(Tensor<double> tensor) => [.. tensor.Select(BitConverter.DoubleToInt64Bits)];
}
