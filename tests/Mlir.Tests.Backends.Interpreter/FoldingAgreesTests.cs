using Mlir.Backends.Interpreter;

namespace Mlir.Tests.Backends.Interpreter;

/// <summary>Constant folding and the interpreter compute the same, on random and on special operands: they are written apart.</summary>
public sealed class FoldingAgreesTests
{
    private static readonly string[] Integers =
    [
        "addi",
        "subi",
        "muli",
        "divsi",
        "divui",
        "ceildivsi",
        "ceildivui",
        "floordivsi",
        "remsi",
        "remui",
        "andi",
        "ori",
        "xori",
        "shli",
        "shrsi",
        "shrui",
        "maxsi",
        "maxui",
        "minsi",
        "minui",
        .. "eq ne slt sle sgt sge ult ule ugt uge".Split(' ').Select(p => $"cmpi {p},"),
    ];

    private static readonly string[] Floats =
    [
        "addf",
        "subf",
        "mulf",
        "divf",
        "remf",
        "maximumf",
        "minimumf",
        "maxnumf",
        "minnumf",
        .. "false oeq ogt oge olt ole one ord ueq ugt uge ult ule une uno true".Split(' ').Select(p => $"cmpf {p},"),
    ];

    /// <summary>Integer operations, of usual and of odd widths.</summary>
    [Test]
    public void On_integers([ValueSource(nameof(Integers))] string op, [Values(1, 5, 8, 16, 32, 33, 64)] int width)
    {
        var type = IntegerType.Get(width);
        var random = new Random(width);
        Compare($"arith.{op}", type, () => IntegerAttr.Get(type, SpecialInteger(random, width)));
    }

    /// <summary>Float operations in every format with registers.</summary>
    [Test]
    public void On_floats([ValueSource(nameof(Floats))] string op, [Values("f16", "bf16", "f32", "f64")] string format)
    {
        var type = FloatType.TryGet(format)!;
        var random = new Random(format.Length);
        Compare($"arith.{op}", type, () => SpecialFloat(random, type));
    }

    /// <summary>Operations on one operand, and conversions.</summary>
    [TestCase("arith.negf %a : f16", "f16", "f16")]
    [TestCase("arith.negf %a : bf16", "bf16", "bf16")]
    [TestCase("math.absf %a : f32", "f32", "f32")]
    [TestCase("math.floor %a : f32", "f32", "f32")]
    [TestCase("math.ceil %a : bf16", "bf16", "bf16")]
    [TestCase("math.trunc %a : f16", "f16", "f16")]
    [TestCase("math.round %a : f64", "f64", "f64")]
    [TestCase("math.roundeven %a : f32", "f32", "f32")]
    [TestCase("math.sqrt %a : f16", "f16", "f16")]
    [TestCase("math.sqrt %a : bf16", "bf16", "bf16")]
    [TestCase("math.isnormal %a : bf16", "bf16", "i1")]
    [TestCase("math.isnan %a : f32", "f32", "i1")]
    [TestCase("math.isfinite %a : f64", "f64", "i1")]
    [TestCase("math.ctlz %a : i5", "i5", "i5")]
    [TestCase("math.cttz %a : i33", "i33", "i33")]
    [TestCase("math.ctpop %a : i64", "i64", "i64")]
    [TestCase("math.absi %a : i8", "i8", "i8")]
    [TestCase("arith.extf %a : f16 to f64", "f16", "f64")]
    [TestCase("arith.truncf %a : f64 to f32", "f64", "f32")]
    [TestCase("arith.truncf %a : f64 to bf16", "f64", "bf16")]
    [TestCase("arith.truncf %a : f64 to f16", "f64", "f16")]
    [TestCase("arith.truncf %a : f32 to bf16", "f32", "bf16")]
    [TestCase("arith.sitofp %a : i64 to f32", "i64", "f32")]
    [TestCase("arith.sitofp %a : i64 to bf16", "i64", "bf16")]
    [TestCase("arith.uitofp %a : i64 to f64", "i64", "f64")]
    [TestCase("arith.uitofp %a : i1 to f16", "i1", "f16")]
    [TestCase("arith.fptosi %a : f64 to i32", "f64", "i32")]
    [TestCase("arith.fptoui %a : f32 to i64", "f32", "i64")]
    [TestCase("arith.extsi %a : i1 to i32", "i1", "i32")]
    [TestCase("arith.extui %a : i5 to i64", "i5", "i64")]
    [TestCase("arith.trunci %a : i64 to i5", "i64", "i5")]
    [TestCase("arith.bitcast %a : i32 to f32", "i32", "f32")]
    [TestCase("arith.bitcast %a : i16 to bf16", "i16", "bf16")]
    public void On_one_operand(string op, string from, string to)
    {
        var type = Programs.Parse($"func.func private @f({from}, {to})").Body.First is IFunctionLike f
            ? f.FunctionType.Inputs
            : default;
        var random = new Random(17);
        Compare(
            op,
            type[0],
            type[1],
            1,
            () =>
                type[0] is FloatType format
                    ? SpecialFloat(random, format)
                    : IntegerAttr.Get(type[0], SpecialInteger(random, ((IntegerType)type[0]).Width))
        );
    }

    private static void Compare(string op, IrType type, Func<TypedAttr> next) =>
        Compare($"{op} %a, %b : {type}", type, op.Contains("cmp") ? IntegerType.I1 : type, 2, next);

    /// <summary>Operands and results travel as 64-bit patterns, so that every type can be tested.</summary>
    private static void Compare(string op, IrType type, IrType resultType, int operandCount, Func<TypedAttr> next)
    {
        var module = Programs.Parse(
            $$"""
            func.func @f(%x: i64, %y: i64) -> i64 {
            {{FromBits("%a", "%x", type)}}
            {{FromBits("%b", "%y", type)}}
              %r = {{op}}
            {{ToBits("%z", "%r", resultType)}}
              return %z : i64
            }
            """
        );
        var tested = module.Walk().First(o => o.Results is [{ NameHint: "r" }]);
        var interpreted = InterpretedModule.Prepare(module);
        var results = new FoldResult[1];
        for (var i = 0; i < 400; i++)
        {
            TypedAttr[] operands = [next(), next()];
            object[] arguments = [.. operands.Select(o => (object)unchecked((long)(ulong)Bits(o)))];
            if (!tested.Fold(operands.AsSpan(0, operandCount).ToArray(), results))
            {
                // Not folded: no defined result, which the interpreter reports unless it is a conversion that saturates here.
                if (!op.Contains("fpto"))
                {
                    Assert.That(
                        () => interpreted.Invoke("f", arguments),
                        Throws.InstanceOf<UndefinedBehaviorException>(),
                        () => $"{op} of {operands[0]}, {operands[1]}"
                    );
                }

                continue;
            }

            var expected =
                results[0].Constant ?? operands[tested.Operands.ToArray().AsSpan().IndexOf(results[0].Value!)];
            long actual;
            try
            {
                actual = (long)interpreted.Invoke("f", arguments)[0];
            }
            catch (UndefinedBehaviorException) when (op.Contains("sh") || op.Contains("div"))
            {
                continue; // an identity like 0 << x may give a value to what has none
            }

            var same = IsNaN(expected)
                ? IsNaN(FromBits(resultType, actual))
                : Bits((TypedAttr)expected) == Bits(FromBits(resultType, actual));
            Assert.That(
                same,
                Is.True,
                () =>
                    $"{op} of {operands[0]}, {operands[1]}: folded to {expected}, interpreted to {FromBits(resultType, actual)}"
            );
        }
    }

    private static string FromBits(string name, string bits, IrType type) =>
        type switch
        {
            IntegerType { Width: 64 } =>
                $"  {name}_0 = arith.constant 0 : i64\n  {name} = arith.addi {bits}, {name}_0 : i64",
            IntegerType => $"  {name} = arith.trunci {bits} : i64 to {type}",
            FloatType { Width: 64 } => $"  {name} = arith.bitcast {bits} : i64 to f64",
            FloatType f =>
                $"  {name}_0 = arith.trunci {bits} : i64 to i{f.Width}\n  {name} = arith.bitcast {name}_0 : i{f.Width} to {type}",
            _ => throw new ArgumentException($"{type}"),
        };

    private static string ToBits(string name, string value, IrType type) =>
        type switch
        {
            IntegerType { Width: 64 } =>
                $"  {name}_0 = arith.constant 0 : i64\n  {name} = arith.addi {value}, {name}_0 : i64",
            IntegerType => $"  {name} = arith.extui {value} : {type} to i64",
            FloatType { Width: 64 } => $"  {name} = arith.bitcast {value} : f64 to i64",
            FloatType f =>
                $"  {name}_0 = arith.bitcast {value} : {type} to i{f.Width}\n  {name} = arith.extui {name}_0 : i{f.Width} to i64",
            _ => throw new ArgumentException($"{type}"),
        };

    private static UInt128 Bits(TypedAttr value) => value is FloatAttr real ? real.Bits : ((IntegerAttr)value).Bits;

    private static TypedAttr FromBits(IrType type, long bits) =>
        type is FloatType real
            ? FloatAttr.FromBits(real, real.Width == 64 ? (ulong)bits : (ulong)bits & ((1UL << real.Width) - 1))
            : IntegerAttr.Get(type, bits);

    private static bool IsNaN(IrAttribute value) => value is FloatAttr real && double.IsNaN(real.Value);

    private static Int128 SpecialInteger(Random random, int width) =>
        random.Next(6) switch
        {
            0 => random.Next(-2, 3),
            1 => (Int128.One << (width - 1)) + random.Next(-1, 2),
            2 => random.Next(width + 1),
            _ => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
        };

    private static FloatAttr SpecialFloat(Random random, FloatType type) =>
        random.Next(6) switch
        {
            0 => FloatAttr.Get(
                type,
                new[]
                {
                    0.0,
                    -0.0,
                    double.NaN,
                    double.PositiveInfinity,
                    double.NegativeInfinity,
                    1,
                    -1,
                    0.5,
                    2.5,
                    -3.5,
                }[random.Next(10)]
            ),
            1 => FloatAttr.FromBits(type, (ulong)random.Next(8)),
            2 => FloatAttr.Get(type, random.Next(-1000, 1000) / 8.0),
            3 => FloatAttr.Get(type, (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-40, 70))),
            _ => FloatAttr.FromBits(type, (ulong)random.NextInt64() >> (64 - type.Width)),
        };
}
