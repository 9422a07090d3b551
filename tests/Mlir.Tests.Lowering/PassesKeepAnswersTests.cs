using Mlir.Backends.Interpreter;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Lowering;
using Mlir.Runtime;

namespace Mlir.Tests.Lowering;

/// <summary>Whatever a pass does to a random program, the interpreter gives the same answer.</summary>
public sealed class PassesKeepAnswersTests
{
    private static readonly int Programs = Environment.GetEnvironmentVariable("MLIR_NIGHTLY") == "1" ? 10_000 : 100;

    private static readonly string[] Pipelines =
    [
        "canonicalize",
        "cse,dce",
        "inline,symbol-dce",
        "loop-invariant-code-motion",
        "elementwise-to-linalg",
        "linalg-generalize-named-ops",
        "elementwise-to-linalg,linalg-generalize-named-ops,fuse-elementwise",
        "elementwise-to-linalg,one-shot-bufferize",
        "elementwise-to-linalg,one-shot-bufferize,linalg-to-loops{vector-bits=0 parallel=false}",
        "elementwise-to-linalg,one-shot-bufferize,linalg-to-loops{vector-bits=256 non-temporal-bytes=64}",
        "generate-runtime-verification",
        "generate-runtime-verification,plain-loops",
        "cpu-loops",
        "plain-loops",
    ];

    private static readonly string[] RowPipelines =
    [
        "elementwise-to-linalg,linalg-generalize-named-ops,fuse-slices",
        "elementwise-to-linalg,linalg-generalize-named-ops,fuse-slices,fuse-elementwise,split-fills",
        "elementwise-to-linalg,linalg-generalize-named-ops,one-shot-bufferize,fuse-rows",
        "elementwise-to-linalg,linalg-generalize-named-ops,fuse-slices,fuse-elementwise,split-fills,one-shot-bufferize,fuse-rows,linalg-to-loops{vector-bits=256}",
        "cpu-loops",
        "plain-loops",
    ];

    [TestCaseSource(nameof(Pipelines))]
    public void A_pipeline_keeps_the_answers_of_random_programs(string pipeline)
    {
        var passes = PassPipeline.Parse(pipeline);
        for (var seed = 1; seed <= Programs; seed++)
        {
            Check(passes, seed, RandomProgram.Text(seed), Arguments(seed));
        }
    }

    [TestCaseSource(nameof(RowPipelines))]
    public void A_pipeline_keeps_the_answers_of_random_programs_over_rows(string pipeline)
    {
        var passes = PassPipeline.Parse(pipeline);
        for (var seed = 1; seed <= Programs / 2; seed++)
        {
            Check(passes, seed, RandomRowProgram.Text(seed), Matrices(seed));
        }
    }

    [TestCase("elementwise-to-linalg,one-shot-bufferize")]
    [TestCase("elementwise-to-linalg,one-shot-bufferize,linalg-to-loops{vector-bits=256 non-temporal-bytes=64}")]
    [TestCase("plain-loops")]
    [TestCase("cpu-loops")]
    public void What_is_written_in_place_is_read_by_nobody_later(string pipeline)
    {
        var passes = PassPipeline.Parse(pipeline);
        for (var seed = 1; seed <= 2 * Programs; seed++)
        {
            var random = new Random(seed);
            double[] Numbers() => [.. Enumerable.Range(0, 8).Select(_ => (double)random.Next(-50, 50))];
            Check(
                passes,
                seed,
                RandomUpdates.Text(seed),
                [new HostBuffer(Numbers(), [8]), new HostBuffer(Numbers(), [8]), (double)random.Next(-5, 50)]
            );
        }
    }

    private static void Check(PassPipeline passes, int seed) =>
        Check(passes, seed, RandomProgram.Text(seed), Arguments(seed));

    private static void Check(PassPipeline passes, int seed, string text, object[] arguments)
    {
        var expected = InterpretedModule.Prepare(Parse(text)).Invoke("f", arguments);
        var module = Parse(text);
        var run = new PassManager(new PassManagerOptions { Verify = true }).Run(passes, module);
        Assert.That(run.Succeeded, Is.True, () => $"seed {seed}: {string.Join('\n', run.Diagnostics)}\n{text}");
        object[] actual = [];
        try
        {
            actual = InterpretedModule.Prepare(module).Invoke("f", arguments);
        }
        catch (Exception exception)
        {
            Assert.Fail($"seed {seed}: {exception.Message}\n{text}\n{module}");
        }

        for (var i = 0; i < expected.Length; i++)
        {
            Assert.That(
                Spell(actual[i]),
                Is.EqualTo(Spell(expected[i])),
                () => $"seed {seed}, result {i}\n{text}\n{module}"
            );
        }
    }

    private static ModuleOp Parse(string text)
    {
        var parsed = MlirText.Parse(text, AllDialects.Registry);
        Assert.That(parsed.Value, Is.Not.Null, () => $"{string.Join('\n', parsed.Diagnostics)}\n{text}");
        return (ModuleOp)parsed.Value!;
    }

    private static object[] Matrices(int seed)
    {
        var random = new Random(seed);
        int[] heights = [1, 2, 3, 8];
        int[] widths = [2, 3, 5, 33, 70];
        var (rows, columns) = (heights[random.Next(heights.Length)], widths[random.Next(widths.Length)]);
        var count = rows * columns;
        double Number() => random.Next(8) == 0 ? double.NaN : random.Next(-9, 10);
        return
        [
            new HostBuffer(Enumerable.Range(0, count).Select(_ => Number()).ToArray(), [rows, columns]),
            new HostBuffer(Enumerable.Range(0, count).Select(_ => Number()).ToArray(), [rows, columns]),
            new HostBuffer(Enumerable.Range(0, count).Select(_ => random.Next(-100, 100)).ToArray(), [rows, columns]),
        ];
    }

    private static object[] Arguments(int seed)
    {
        var random = new Random(seed);
        int[] lengths = [0, 1, 2, 3, 5, 7, 8, 9, 16, 31, 33, 64, 100];
        var n = lengths[random.Next(lengths.Length)];
        double[] specials =
        [
            double.NaN,
            -0.0,
            0.0,
            double.PositiveInfinity,
            double.NegativeInfinity,
            double.Epsilon,
            double.MaxValue,
            1,
            -1,
        ];
        double Number() =>
            random.Next(4) == 0 ? specials[random.Next(specials.Length)] : (random.NextDouble() * 20) - 10;
        var x = new double[n];
        var y = new double[n];
        var i = new int[n];
        for (var k = 0; k < n; k++)
        {
            (x[k], y[k]) = (Number(), Number());
            i[k] = random.Next(8) == 0 ? int.MinValue : random.Next(-100, 100);
        }

        return [new HostBuffer(x, [n]), new HostBuffer(y, [n]), new HostBuffer(i, [n]), Number(), random.Next(-5, 50)];
    }

    /// <summary>A result bit for bit; one NaN is as good as another.</summary>
    private static string Spell(object result) =>
        result switch
        {
            HostBuffer buffer => $"[{string.Join(", ", buffer.Data.Cast<object>().Select(Spell))}]",
            double d => double.IsNaN(d) ? "NaN" : BitConverter.DoubleToInt64Bits(d).ToString("X", null),
            _ => Convert.ToString(result, System.Globalization.CultureInfo.InvariantCulture)!,
        };
}
