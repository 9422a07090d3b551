using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Mlir.Tests.Frontend;

/// <summary>The façade: delegate types, the cache, collection of kernels, the listing.</summary>
public sealed class JitTests
{
    private delegate float Blend(float a, float b, float t);

    private delegate double Scale(double x, double factor = 2);

    [Test]
    public void The_delegate_has_exactly_the_type_of_the_lambda()
    {
        Expression<Blend> blend = (a, b, t) => a + (b - a) * t;
        var kernel = Jit.Compile(blend);
        Blend invoke = kernel;
        Assert.That(invoke(1, 3, 0.5f), Is.EqualTo(2));
        Func<double, double> half = Jit.Compile((double x) => x / 2);
        Assert.That(half(3), Is.EqualTo(1.5));
    }

    [Test]
    public void A_delegate_type_gives_parameters_names_and_defaults()
    {
        foreach (var target in Targets.All)
        {
            var kernel = Jit.Compile<Scale>((x, factor) => x * factor, new() { Target = target });
            Assert.That(kernel.Invoke(3), Is.EqualTo(6), target);
            Assert.That(kernel.Invoke(factor: 10, x: 3), Is.EqualTo(30), target);
        }
    }

    [Test]
    public void Arrays_stay_where_they_are_while_a_kernel_runs()
    {
        var kernel = Jit.Compile((Tensor<double> x, Tensor<double> y) => x * 2.0 + y);
        using var done = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var collector = new Thread(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect(0, GCCollectionMode.Forced, blocking: true, compacting: true);
            }
        });
        collector.Start();
        var wrong = 0;
        while (!done.IsCancellationRequested)
        {
            // Young arrays: the next collection moves whatever is not pinned.
            var (x, y) = (Tensor.Create<double>([1, 2, 3]), Tensor.Create<double>([10, 20, 30]));
            var into = Tensor.Create<double>([0, 0, 0]);
            kernel.Into(into, x, y);
            var sum = kernel.Invoke(x, y);
            wrong += into[2] == 36 && sum[0] == 12 && sum[1] == 24 && sum[2] == 36 ? 0 : 1;
        }

        collector.Join();
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void The_example_of_the_front_page()
    {
        var price = Jit.Compile(
            (Tensor<double> s, Tensor<double> k, double r) => Tensor.Exp<double>(-r * s) * k + 2.0 * s
        );
        var s = Tensor.Create(new[] { 90.0, 100, 110 });
        var k = Tensor.Create(new[] { 1.0, 2, 3 });
        var y = price.Invoke(s, k, 0.03);
        for (nint i = 0; i < 3; i++)
        {
            Assert.That(y[i], Is.EqualTo(Math.Exp(-0.03 * s[i]) * k[i] + 2 * s[i]).Within(1e-13));
        }

        Assert.That(price.Ir.ToString(), Does.Contain("math.exp").And.Contain("func.func @main"));
    }

    [Test]
    public void The_same_lambda_compiles_once()
    {
        var kernels = Enumerable.Range(0, 2).Select(_ => Jit.Compile((double x) => x * 7.25 + 1)).ToArray();
        Assert.That(ReferenceEquals(Target(kernels[0]), Target(kernels[1])), Is.True);
    }

    [Test]
    public void Threads_that_compile_the_same_lambda_get_one_kernel()
    {
        var kernels = new Kernel<Func<double, double>>[16];
        Parallel.For(0, kernels.Length, i => kernels[i] = Jit.Compile((double x) => x * 3.125 - 1));
        Assert.That(kernels.Select(k => k.Invoke(8)).Distinct(), Is.EqualTo(new[] { 24.0 }));
        Assert.That(kernels.Select(Target).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Dropped_kernels_are_collected()
    {
        // 10,000 different kernels, compiled and dropped: what lives at the end must not have grown with their number.
        for (var i = 0; i < 200; i++)
        {
            CompileAndDrop(i);
        }

        var before = Settle();
        for (var i = 200; i < 10_200; i++)
        {
            CompileAndDrop(i);
        }

        var after = Settle();
        Assert.That(after.Managed - before.Managed, Is.LessThan(8L << 20), "managed bytes");
        Assert.That(after.Resident - before.Resident, Is.LessThan(64L << 20), "resident bytes");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CompileAndDrop(int i)
    {
        var x = Expression.Parameter(typeof(double), "x");
        var lambda = Expression.Lambda<Func<double, double>>(Expression.Add(x, Expression.Constant((double)i)), x);
        if (Jit.Compile(lambda).Invoke(1) != i + 1)
        {
            Assert.Fail($"kernel {i} computes something else");
        }
    }

    private static (long Managed, long Resident) Settle()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), self.WorkingSet64);
    }

    private static object Target(Kernel<Func<double, double>> kernel) =>
        typeof(Mlir.Execution.DirectInvoker)
            .GetField("Function", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
            .GetValue(kernel.Invoke.Target)!;
}
