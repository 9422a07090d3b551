using Mlir.Dialects.Arith;
using Mlir.Dialects.Func;
using Mlir.Dialects.Math;
using Mlir.Dialects.Scf;
using Mlir.IR;
using Mlir.Lowering;
using Mlir.Lowering.Conversion.MathToArith;

namespace Mlir.Tests.Lowering.Conversion.MathToArith;

/// <summary>What the pass leaves behind, on scalars, vectors and tensors.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ExpandMathTests
{
    private static readonly Location At = Location.Unknown;

    [TestCaseSource(typeof(UnaryFunction), nameof(UnaryFunction.All))]
    public void NoFunctionThatNeedsALibraryRemains(UnaryFunction function)
    {
        foreach (
            var type in (IrType[])
                [
                    FloatType.F64,
                    FloatType.F32,
                    FloatType.F16,
                    FloatType.BF16,
                    VectorType.Get([8], FloatType.F64),
                    VectorType.Get([2, 4], FloatType.F32),
                ]
        )
        {
            var ops = Expanded.Of(v => function.Make(v[0]), function.Result, type).Function.Walk().ToList();
            Assert.That(
                ops.Where(o =>
                        o.Definition.Dialect == "math" && o is not (FmaOp or SqrtOp or AbsFOp or TruncOp or CopySignOp)
                    )
                    .Select(o => o.Name),
                Is.Empty
            );
            Assert.That(
                ops.Select(o => o.Definition.Dialect).Distinct(),
                Is.SubsetOf(new[] { "func", "arith", "math", "scf" })
            );
            if (type is VectorType)
            {
                Assert.That(ops.OfType<IfOp>(), Is.Empty, "vectors select instead of branching");
            }
        }
    }

    [TestCaseSource(typeof(UnaryFunction), nameof(UnaryFunction.All))]
    public void AVectorHasTheBitsOfItsScalars(UnaryFunction function)
    {
        double[] inputs =
        [
            .. Samples.Double(double.MinValue, double.MaxValue, 400, 3),
            .. Samples.Special,
            .. Samples.HardAngles,
        ];
        var scalar = function.ExpandDouble().Double(inputs);
        var vector = Expanded
            .Of(v => function.Make(v[0]), function.Result, VectorType.Get([8], FloatType.F64))
            .Double(inputs);
        Assert.That(
            vector.Select(BitConverter.DoubleToInt64Bits),
            Is.EqualTo(scalar.Select(BitConverter.DoubleToInt64Bits))
        );
    }

    [TestCaseSource(typeof(UnaryFunction), nameof(UnaryFunction.All))]
    public void HalvesAreRoundedSingles(UnaryFunction function)
    {
        var halves = Enumerable.Range(0, 1 << 16).Select(i => (ulong)i).ToArray();
        var results = Expanded.Of(v => function.Make(v[0]), function.Result, FloatType.F16).Bits(halves);
        var singles = function
            .ExpandSingle()
            .Single([.. halves.Select(h => (float)BitConverter.UInt16BitsToHalf((ushort)h))]);
        var wrong = Enumerable
            .Range(0, halves.Length)
            .Where(i =>
            {
                Half actual = BitConverter.UInt16BitsToHalf((ushort)results[i]),
                    expected = (Half)singles[i];
                return Half.IsNaN(actual)
                    ? !Half.IsNaN(expected)
                    : BitConverter.HalfToUInt16Bits(actual) != BitConverter.HalfToUInt16Bits(expected);
            });
        Assert.That(wrong.Take(5).Select(i => $"{i:X4}"), Is.Empty);
    }

    [Test]
    public void TheRealMlirOptAcceptsEveryExpansion()
    {
        if (MlirOpt.Find() is not { } tool)
        {
            Assert.That(MlirOpt.IsRequired, Is.False, "mlir-opt is required here, and was not found");
            return;
        }

        IEnumerable<FuncOp> functions =
        [
            .. UnaryFunction.All.SelectMany(f => new[] { f.ExpandDouble(), f.ExpandSingle() }).Select(e => e.Function),
            Expanded.Of(v => new PowFOp(At, v[0], v[1]), 0, FloatType.F64, FloatType.F64).Function,
            Expanded.Of(v => new PowFOp(At, v[0], v[1]), 0, FloatType.F32, FloatType.F32).Function,
            Expanded.Of(v => new FPowIOp(At, v[0], v[1]), 0, FloatType.F64, IntegerType.I64).Function,
            Expanded.Of(v => new IPowIOp(At, v[0], v[1]), 0, IntegerType.I16, IntegerType.I16).Function,
            Expanded.Of(v => new RemFOp(At, v[0], v[1]), 0, FloatType.F64, FloatType.F64).Function,
            Expanded.Of(v => new SinOp(At, v[0]), 0, VectorType.Get([8], FloatType.F64)).Function,
        ];
        var (exitCode, errors) = MlirOpt.Run(tool, string.Join("\n// -----\n", functions.Select(f => f.ToString())));
        Assert.That(exitCode, Is.Zero, errors);
    }

    [TestCase(1.0)]
    [TestCase(2.0)]
    [TestCase(3.0)]
    [TestCase(4.0)]
    [TestCase(-1.0)]
    [TestCase(-2.0)]
    [TestCase(0.5)]
    public void AKnownExponentGivesWhatPowGives(double exponent)
    {
        double[] inputs =
        [
            .. Samples.Special,
            .. Samples.Special.Select(x => -x),
            .. Samples.Double(double.MinValue, double.MaxValue, 2000, 9),
        ];
        var function = Expanded.Build(v => new PowFOp(At, v[0], v[1]), FloatType.F64, FloatType.F64);
        var constant = new OpBuilder(function.Entry.First!).Insert(
            new Mlir.Dialects.Arith.ConstantOp(At, FloatAttr.Get(FloatType.F64, exponent))
        );
        function.Entry.First!.Next!.SetOperand(1, constant.Result);
        new ExpandMath().Run(function, new PassContext());
        Assert.That(function.Entry.Operations.Count(), Is.LessThan(10));
        var bits = Array.ConvertAll(inputs, BitConverter.DoubleToUInt64Bits);
        var results = LaneEvaluator.Run(function, bits, bits)[0];
        for (var i = 0; i < inputs.Length; i++)
        {
            double actual = BitConverter.UInt64BitsToDouble(results[i]),
                expected = Math.Pow(inputs[i], exponent);
            if (double.IsNaN(expected) || expected == 0 || double.IsInfinity(expected))
            {
                Assert.That(actual, Is.EqualTo(expected), $"{inputs[i]:R}");
                Assert.That(
                    double.IsNaN(expected) || double.IsNegative(actual) == double.IsNegative(expected),
                    $"{inputs[i]:R}"
                );
            }
            else
            {
                var exact = Exact.Pow(Big.From(Math.Abs(inputs[i])), Big.From(exponent));
                Assert.That(
                    Ulp.Error(actual, expected < 0 ? -exact : exact),
                    Is.LessThanOrEqualTo(2),
                    $"{inputs[i]:R}"
                );
            }
        }
    }

    [Test]
    public void HardwareOperationsStay()
    {
        Func<Value, Operation>[] makes =
        [
            x => new SqrtOp(At, x),
            x => new FloorOp(At, x),
            x => new CeilOp(At, x),
            x => new TruncOp(At, x),
            x => new RoundEvenOp(At, x),
            x => new AbsFOp(At, x),
            x => new FmaOp(At, x, x, x),
            x => new CopySignOp(At, x, x),
            x => new IsNaNOp(At, x),
        ];
        foreach (var make in makes)
        {
            var function = Expanded.Build(v => make(v[0]), FloatType.F64);
            var name = function.Entry.First!.Name;
            new ExpandMath().Run(function, new PassContext());
            Assert.That(function.Entry.Operations.Select(o => o.Name), Is.EqualTo(new[] { name, "func.return" }));
        }
    }

    [Test]
    public void TensorsWaitUntilTheyAreLoops()
    {
        var function = Expanded.Build(v => new ExpOp(At, v[0]), RankedTensorType.Get([4], FloatType.F64));
        new ExpandMath().Run(function, new PassContext());
        Assert.That(function.Entry.First, Is.TypeOf<ExpOp>());
    }

    [TestCase(8)]
    [TestCase(16)]
    [TestCase(32)]
    [TestCase(64)]
    public void IntegersToAPowerWrap(int width)
    {
        var random = new Random(width);
        var mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
        long[] x =
        [
            .. Enumerable
                .Range(0, 500)
                .Select(i => i % 5 == 0 ? (long)random.Next(-2, 3) : random.NextInt64(long.MinValue, long.MaxValue)),
        ];
        long[] n = [.. Enumerable.Range(0, 500).Select(i => (long)random.Next(-100, 101))];
        var type = IntegerType.Get(width);
        var results = Expanded
            .Of(v => new IPowIOp(At, v[0], v[1]), 0, type, type)
            .Bits([.. x.Select(v => (ulong)v & mask)], [.. n.Select(v => (ulong)v & mask)]);
        for (var i = 0; i < x.Length; i++)
        {
            var b = x[i] << (64 - width) >> (64 - width);
            var e = n[i] << (64 - width) >> (64 - width);
            var expected = e >= 0 || b is 1 or -1 ? 1UL : 0;
            for (var k = 0; k < Math.Abs(e); k++)
            {
                expected = unchecked(expected * (ulong)b);
            }

            Assert.That(results[i], Is.EqualTo(expected & mask), $"{b} ^ {e}");
        }
    }

    [Test]
    public void AClampIsAMaximumAndAMinimum()
    {
        var expanded = Expanded.Of(
            v => new ClampFOp(At, v[0], v[1], v[2]),
            0,
            FloatType.F64,
            FloatType.F64,
            FloatType.F64
        );
        Assert.That(
            expanded.Double([-3, 0.5, 7, double.NaN], [0, 0, 0, 0], [1, 1, 1, 1]),
            Is.EqualTo(new[] { 0, 0.5, 1, double.NaN })
        );
    }

    [Test]
    public void EveryOperationKeepsTheLocation()
    {
        var place = new FileLineColLoc("Program.cs", 7, 3);
        var function = Expanded.Build(v => new SinOp(place, v[0]), FloatType.F64);
        new ExpandMath().Run(function, new PassContext());
        Assert.That(
            function.Entry.Operations.Where(o => o is not ReturnOp).Select(o => o.Location).Distinct(),
            Is.EqualTo(new[] { place })
        );
    }
}
