using Mlir.Dialects.Arith;
using Mlir.Dialects.Math;
using Mlir.IR;

namespace Mlir.Tests.Lowering.Conversion.MathToArith;

/// <summary>
/// Measures every expansion against exact arithmetic. f64: against <see cref="Exact"/>. f32: on a dense sample against the f64
/// expansion, which is itself measured here and is 2²⁹ times finer, and on a part of it against <see cref="Exact"/>.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class AccuracyTests
{
    private const double Limit = 2;
    private const int DenseCount = 1 << 17;

    private static readonly Location At = Location.Unknown;

    [TestCaseSource(typeof(UnaryFunction), nameof(UnaryFunction.All))]
    public void DoubleIsWithinTwoUlp(UnaryFunction function)
    {
        double[] inputs =
        [
            .. Samples.Double(function.Low, function.High, 3000, seed: function.Name.Length),
            .. Samples.Special.Where(double.IsFinite),
            .. Samples.HardAngles,
            .. Samples.HardAngles.Select(x => -x),
            .. Samples.NearQuarterTurns(1000, single: false),
        ];
        inputs = [.. inputs.Where(x => IsInside(function, x))];
        var results = function.ExpandDouble().Double(inputs);
        var worst = Worst(inputs, i => Ulp.Error(results[i], function.Reference(Big.From(inputs[i]))));
        Report($"{function.Name} f64", worst, inputs);
    }

    [TestCaseSource(typeof(UnaryFunction), nameof(UnaryFunction.All))]
    public void SingleIsWithinTwoUlp(UnaryFunction function)
    {
        float[] inputs =
        [
            .. Samples.Dense(function.Low, function.High, DenseCount, seed: function.Name.Length),
            .. Samples.SpecialSingle.Where(float.IsFinite),
            .. Samples.HardAngles.Select(x => (float)x).Where(float.IsFinite),
            .. Samples.NearQuarterTurns(1000, single: true).Select(x => (float)x),
        ];
        inputs = [.. inputs.Where(x => IsInside(function, x))];
        var wide = Array.ConvertAll(inputs, x => (double)x);
        var results = function.ExpandSingle().Single(inputs);
        var references = function.ExpandDouble().Double(wide);
        var worst = Worst(wide, i => SingleError(results[i], references[i]));
        Report($"{function.Name} f32", worst, wide);

        // The last points are the special and the hard ones; the others one in a thousand.
        var exact = Enumerable.Range(0, inputs.Length).Where(i => i % 997 == 0 || i >= DenseCount).ToArray();
        var exactWorst = Worst(
            exact.Select(i => wide[i]).ToArray(),
            i => Ulp.Error(results[exact[i]], function.Reference(Big.From(wide[exact[i]])), single: true)
        );
        Assert.That(
            exactWorst.Error,
            Is.LessThanOrEqualTo(Limit),
            $"{function.Name}({wide[exact[exactWorst.Index]]:R})"
        );
    }

    [Test]
    public void PowerIsWithinTwoUlp([Values] bool single)
    {
        var (x, y) = PowerArguments(6000, single);
        var expanded = Expanded.Of(v => new PowFOp(At, v[0], v[1]), 0, Type(single), Type(single));
        var results = Run(expanded, single, x, y);
        var worst = Worst(x, i => Ulp.Error(results[i], Exact.Pow(Big.From(x[i]), Big.From(y[i])), single));
        Report($"powf {Type(single)}", worst, x, y);
    }

    [Test]
    public void IntegerPowerOfAFloatIsWithinTwoUlp([Values] bool single, [Values(32, 64)] int width)
    {
        var random = new Random(5);
        double[] x = new double[4000];
        var n = new long[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            n[i] =
                i % 3 == 0
                    ? random.Next(-12, 13)
                    : (long)(random.NextDouble() * Math.ScaleB(1, random.Next(1, width - 1)) * (i % 2 == 0 ? 1 : -1));
            n[i] = n[i] == 0 ? 1 : n[i];
            var logarithm = (random.NextDouble() - 0.5) * 2 * (single ? 85 : 700) / Math.Abs(n[i]);
            x[i] = Math.Exp(logarithm) * (random.Next(2) * 2 - 1);
            x[i] = single ? (float)x[i] : x[i];
        }

        var expanded = Expanded.Of(v => new FPowIOp(At, v[0], v[1]), 0, Type(single), IntegerType.Get(width));
        var bits = expanded.Bits(
            [.. x.Select(v => single ? BitConverter.SingleToUInt32Bits((float)v) : BitConverter.DoubleToUInt64Bits(v))],
            [.. n.Select(v => width == 32 ? (uint)(int)v : (ulong)v)]
        );
        var worst = Worst(
            x,
            i =>
            {
                var magnitude = Exact.Pow(Big.From(Math.Abs(x[i])), new Big(n[i], 0));
                var value = single
                    ? BitConverter.UInt32BitsToSingle((uint)bits[i])
                    : BitConverter.UInt64BitsToDouble(bits[i]);
                return Ulp.Error(value, x[i] < 0 && (n[i] & 1) != 0 ? -magnitude : magnitude, single);
            }
        );
        Report($"fpowi {Type(single)} i{width}", worst, x, [.. n.Select(v => (double)v)]);
    }

    [Test]
    public void ArcTangentOfTwoArgumentsIsWithinTwoUlp([Values] bool single)
    {
        var (y, x) = Pairs(5000, single);
        var results = Run(Expanded.Of(v => new Atan2Op(At, v[0], v[1]), 0, Type(single), Type(single)), single, y, x);
        var worst = Worst(y, i => Ulp.Error(results[i], Exact.Atan2(Big.From(y[i]), Big.From(x[i])), single));
        Report($"atan2 {Type(single)}", worst, y, x);
    }

    [Test]
    public void RemainderIsExact([Values] bool single)
    {
        var (x, y) = Pairs(20000, single);
        var results = Run(Expanded.Of(v => new RemFOp(At, v[0], v[1]), 0, Type(single), Type(single)), single, x, y);
        Assert.Multiple(() =>
        {
            for (var i = 0; i < x.Length; i++)
            {
                var exact = Exact.Remainder(Big.From(x[i]), Big.From(y[i]));
                Assert.That((Big.From(results[i]) - exact).Sign, Is.Zero, $"{x[i]:R} % {y[i]:R} = {results[i]:R}");
                Assert.That(double.IsNegative(results[i]), Is.EqualTo(double.IsNegative(x[i])));
            }
        });
    }

    private static IrType Type(bool single) => single ? FloatType.F32 : FloatType.F64;

    private static double[] Run(Expanded expanded, bool single, double[] x, double[] y) =>
        single
            ? Array.ConvertAll(
                expanded.Single(Array.ConvertAll(x, v => (float)v), Array.ConvertAll(y, v => (float)v)),
                v => (double)v
            )
            : expanded.Double(x, y);

    private static bool IsInside(UnaryFunction function, double x) =>
        x >= function.Low && x <= function.High && x != 0 && !(function.Name is "log1p" or "atanh" && Math.Abs(x) == 1);

    private static (double[] X, double[] Y) PowerArguments(int count, bool single)
    {
        var random = new Random(7);
        var x = new double[count];
        var y = new double[count];
        for (var i = 0; i < count; )
        {
            x[i] = (i % 3) switch
            {
                0 => Math.Exp((random.NextDouble() - 0.5) * (single ? 170 : 1400)),
                1 => 1 + (random.NextDouble() - 0.5) * Math.ScaleB(1, -random.Next(0, single ? 20 : 40)),
                _ => random.NextDouble() * 4,
            };
            x[i] = single ? (float)x[i] : x[i];
            y[i] = (random.NextDouble() * 2 - 1) * (single ? 89 : 746) / Math.Abs(Math.Log(x[i]));
            y[i] = i % 7 == 0 ? Math.Round(y[i]) : y[i];
            y[i] = single ? (float)y[i] : y[i];
            if (double.IsFinite(y[i]) && x[i] > 0)
            {
                i++;
            }
        }

        return (x, y);
    }

    private static (double[] X, double[] Y) Pairs(int count, bool single)
    {
        var random = new Random(11);
        double Any()
        {
            while (true)
            {
                var value = single
                    ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))
                    : BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
                if (double.IsFinite(value) && value != 0)
                {
                    return value;
                }
            }
        }

        var x = new double[count];
        var y = new double[count];
        for (var i = 0; i < count; )
        {
            x[i] = Any();
            y[i] =
                i % 3 == 0
                    ? Any()
                    : x[i] * Math.Exp((random.NextDouble() - 0.5) * (i % 3 == 1 ? 4 : 60)) * (random.Next(2) * 2 - 1);
            y[i] = single ? (float)y[i] : y[i];
            if (double.IsFinite(y[i]) && y[i] != 0)
            {
                i++;
            }
        }

        return (x, y);
    }

    private static double SingleError(float actual, double reference)
    {
        if (double.IsNaN(reference) || float.IsNaN(actual))
        {
            return double.IsNaN(reference) == float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        if (float.IsInfinity(actual) && Math.Abs(reference) > float.MaxValue)
        {
            return Math.Sign(actual) == Math.Sign(reference) ? 0 : double.PositiveInfinity;
        }

        var value = float.IsInfinity(actual) ? Math.ScaleB(Math.Sign(actual), 128) : actual;
        var exponent = reference == 0 ? -126 : Math.Clamp(Math.ILogB(reference), -126, 127);
        return Math.Abs(value - reference) * Math.ScaleB(1, 23 - exponent);
    }

    private static (double Error, int Index) Worst(double[] inputs, Func<int, double> error)
    {
        var worst = (Error: 0.0, Index: 0);
        for (var i = 0; i < inputs.Length; i++)
        {
            var e = error(i);
            if (!(e <= worst.Error))
            {
                worst = (e, i);
            }
        }

        return worst;
    }

    private static void Report(string name, (double Error, int Index) worst, double[] x, double[]? y = null)
    {
        var text =
            $"{name}: at most {worst.Error:F3} ulp on {x.Length} points, at {x[worst.Index]:R}{(y is null ? "" : $", {y[worst.Index]:R}")}";
        TestContext.Progress.WriteLine(text);
        Assert.That(worst.Error, Is.LessThanOrEqualTo(Limit), text);
    }
}
