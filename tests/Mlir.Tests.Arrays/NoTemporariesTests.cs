using System.Linq.Expressions;
using Mlir.Runtime;

namespace Mlir.Tests.Arrays;

/// <summary>Array programs make no arrays but their results: the plan says so, and counters of both memories confirm it.</summary>
public sealed class NoTemporariesTests
{
    private const int Rows = 64;
    private const int Columns = 1000;
    private const long Result = Rows * Columns * sizeof(double);

    private static readonly JitOptions Cpu = new() { Target = "cpu" };

    private static readonly Expression<Func<Tensor<double>, Tensor<double>>> NormalisedRows = x =>
        (x - x.Sum(1, true) / 1000.0)
        / Tensor.Sqrt<double>(((x - x.Sum(1, true) / 1000.0) * (x - x.Sum(1, true) / 1000.0)).Sum(1, true) / 1000.0);

    private static IEnumerable<TestCaseData> Programs()
    {
        yield return Case("a chain", x => Tensor.Exp<double>(x * 2.0 + 1.0) / (1.0 + x * x));
        yield return Case("softmax", x => Tensor.Exp<double>(x) / Tensor.Exp<double>(x).Sum(1, true));
        yield return Case("centred rows", x => x - x.Sum(1, true) / 1000.0);
        yield return Case("normalised rows", NormalisedRows);
    }

    [TestCaseSource(nameof(Programs))]
    public void Nothing_is_made_but_the_result(Expression<Func<Tensor<double>, Tensor<double>>> program)
    {
        var kernel = Jit.Compile(program, Cpu);
        var explained = kernel.Explain([Rows, Columns]);
        Assert.That(explained.Temporaries, Is.Empty, explained.ToString);
        Assert.That(explained.Loops, Has.Length.EqualTo(1), explained.ToString);

        var x = Numbers();
        kernel.Invoke(x);
        var (temporary, managed) = (TemporaryMemory.RequestedBytes, GC.GetAllocatedBytesForCurrentThread());
        kernel.Invoke(x);
        managed = GC.GetAllocatedBytesForCurrentThread() - managed;
        temporary = TemporaryMemory.RequestedBytes - temporary;

        // A row or two for each piece of work is all that steps hand each other.
        Assert.That(temporary, Is.LessThanOrEqualTo(Result / 4), explained.ToString);
        Assert.That(managed, Is.LessThan(Result * 5 / 4), explained.ToString);
    }

    [Test]
    public void Several_numbers_come_from_one_pass()
    {
        var kernel = Jit.Compile(
            (Tensor<double> x, double n) =>
                new ValueTuple<double, double>(
                    Tensor.Sum<double>(x) / n,
                    Tensor.Sum<double>(x * x) / n - Tensor.Sum<double>(x) / n * (Tensor.Sum<double>(x) / n)
                ),
            Cpu
        );
        var explained = kernel.Explain([Rows, Columns], null);
        var passes = explained.Loops.Where(loop => loop.Iterations.Evaluate(explained.Shapes!) > 1);
        Assert.That(passes.Count(), Is.EqualTo(1), explained.ToString);

        var (mean, variance) = kernel.Invoke(Numbers(), Rows * Columns);
        var values = Numbers().ToArray();
        Assert.That(mean, Is.EqualTo(values.Average()).Within(1e-12));
        Assert.That(
            variance,
            Is.EqualTo(values.Average(v => v * v) - values.Average() * values.Average()).Within(1e-10)
        );
    }

    [Test]
    public void What_is_made_is_in_the_plan_byte_for_byte()
    {
        // Each column's sum needs all rows before the first row of the result.
        var kernel = Jit.Compile((Tensor<double> x) => x / x.Sum(0, true), Cpu);
        var explained = kernel.Explain([Rows, Columns]);
        Assert.That(explained.Temporaries, Has.Length.EqualTo(1), explained.ToString);
        Assert.That(explained.Temporaries[0].Bytes.Evaluate(explained.Shapes!), Is.EqualTo(Columns * sizeof(double)));
        Assert.That(explained.Temporaries[0].Reason, Does.Contain("a reduction must be finished"));

        var x = Numbers();
        kernel.Invoke(x);
        var before = TemporaryMemory.RequestedBytes;
        kernel.Invoke(x);
        Assert.That(TemporaryMemory.RequestedBytes - before, Is.EqualTo(Columns * sizeof(double)));
    }

    [TestCaseSource(nameof(Programs))]
    public void Fused_rows_are_the_same_bits_interpreted(Expression<Func<Tensor<double>, Tensor<double>>> program)
    {
        var x = Numbers();
        var interpreted = Jit.Compile(program, new JitOptions { Target = "interpreter" }).Invoke(x);
        Assert.That(Elements(Jit.Compile(program, Cpu).Invoke(x)), Is.EqualTo(Elements(interpreted)));
    }

    [Test]
    public void Normalised_rows_have_mean_0_and_variance_1()
    {
        var x = Numbers();
        var y = Elements(Jit.Compile(NormalisedRows, Cpu).Invoke(x));
        for (var row = 0; row < Rows; row++)
        {
            var values = Elements(x).AsSpan(row * Columns, Columns).ToArray();
            var mean = values.Sum() / Columns;
            var deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / Columns);
            for (var column = 0; column < Columns; column++)
            {
                var expected = (values[column] - mean) / deviation;
                Assert.That(y[(row * Columns) + column], Is.EqualTo(expected).Within(1e-12));
            }
        }
    }

    [Test]
    public void An_explanation_quotes_the_program()
    {
        var kernel = Jit.Compile((Tensor<double> x, double a) => a * x + Tensor.Exp<double>(x), Cpu);
        var text = kernel.Explain([1_000_000], null).ToString();
        Assert.That(text, Does.StartWith("(Tensor<double> x, double a) => a * x + Tensor.Exp<double>(x)"));
        Assert.That(text, Does.Contain("Tensor.Exp<double>(x) [NoTemporariesTests.cs:"));
        Assert.That(text, Does.Contain("8·x.FlattenedLength = 8,000,000 bytes: x"));
        Assert.That(kernel.Explain().ToString(), Does.Contain("8·x.FlattenedLength bytes: x"));
    }

    private static TestCaseData Case(string name, Expression<Func<Tensor<double>, Tensor<double>>> program) =>
        new TestCaseData(program).SetArgDisplayNames(name);

    private static double[] Elements(Tensor<double> tensor)
    {
        var elements = new double[tensor.FlattenedLength];
        tensor.FlattenTo(elements);
        return elements;
    }

    private static Tensor<double> Numbers()
    {
        var random = new Random(1);
        return Tensor.Create(
            Enumerable.Range(0, Rows * Columns).Select(_ => random.NextDouble() + 0.5).ToArray(),
            [Rows, Columns]
        );
    }
}
