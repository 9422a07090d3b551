using System.Globalization;
using System.Numerics;

namespace Mlir.Tests.Ptx;

/// <summary>Instructions that no LLVM operation stands for, against their definition.</summary>
public sealed class ArithmeticTests
{
    /// <summary>Runs an instruction on one thread with its operands in registers of 64 bits' worth of literals.</summary>
    private static ulong Result(string instruction, string resultType = "b32")
    {
        using var machine = new PtxMachine();
        var (bits, register) = resultType switch
        {
            "b16" => (16, "%rs9"),
            "b64" => (64, "%rd9"),
            _ => (32, "%r9"),
        };
        var module = Written.Kernel(
            resultType == "pred"
                ? $"{instruction.Replace("RESULT", "%p9")};\nselp.b32 %r9, 1, 0, %p9;\nst.global.b32 [%rd1], %r9;"
                : $"{instruction.Replace("RESULT", register)};\nst.global.b{bits} [%rd1], {register};"
        );
        var address = machine.Allocate(8);
        _ = machine.Launch(module.Kernels["k"], 1, 1, 0, address);
        return machine.Download<ulong>(address, 1)[0];
    }

    private static string F(float x) => $"0f{BitConverter.SingleToUInt32Bits(x):X8}";

    private static string D(double x) => $"0d{BitConverter.DoubleToUInt64Bits(x):X16}";

    [TestCase("lop3.b32 RESULT, 0xF0F0F0F0, 0xCCCCCCCC, 0xAAAAAAAA, 0x96", 0x96969696u)]
    [TestCase("lop3.b32 RESULT, 0xF0F0F0F0, 0xCCCCCCCC, 0xAAAAAAAA, 0x1B", 0x1B1B1B1Bu)]
    [TestCase("prmt.b32 RESULT, 0x33221100, 0x77665544, 0x7520", 0x77552200u)]
    [TestCase("prmt.b32 RESULT, 0x80402010, 0x08040201, 0xFB3C", 0x00FF8000u)]
    [TestCase("prmt.b32.f4e RESULT, 0x33221100, 0x77665544, 2", 0x55443322u)]
    [TestCase("prmt.b32.rc16 RESULT, 0x33221100, 0x77665544, 1", 0x33223322u)]
    [TestCase("shf.l.wrap.b32 RESULT, 0x11111111, 0x22222222, 36", 0x22222221u)]
    [TestCase("shf.r.clamp.b32 RESULT, 0x11111111, 0x22222222, 40", 0x22222222u)]
    [TestCase("shf.l.clamp.b32 RESULT, 0x11111111, 0x22222222, 40", 0x11111111u)]
    [TestCase("bfe.u32 RESULT, 0xABCD1234, 8, 12", 0xD12u)]
    [TestCase("bfe.s32 RESULT, 0xABCD1234, 20, 12", 0xFFFFFABCu)]
    [TestCase("bfe.s32 RESULT, 0x80000000, 28, 20", 0xFFFFFFF8u)]
    [TestCase("bfe.u32 RESULT, 0x80000000, 40, 4", 0u)]
    [TestCase("bfe.s32 RESULT, 0x80000000, 40, 4", 0xFFFFFFFFu)]
    [TestCase("bfi.b32 RESULT, 0xFF, 0, 28, 8", 0xF0000000u)]
    [TestCase("bfi.b32 RESULT, 0x5, 0xFFFFFFFF, 4, 4", 0xFFFFFF5Fu)]
    [TestCase("bfind.u32 RESULT, 0x00800000", 23u)]
    [TestCase("bfind.s32 RESULT, -1", 0xFFFFFFFFu)]
    [TestCase("bfind.shiftamt.s32 RESULT, -129", 24u)]
    [TestCase("clz.b32 RESULT, 0", 32u)]
    [TestCase("clz.b64 RESULT, 1", 63u)]
    [TestCase("popc.b64 RESULT, 0xF0F0F0F0F0F0F0F0", 32u)]
    [TestCase("brev.b32 RESULT, 0x80000001", 0x80000001u)]
    [TestCase("sad.s32 RESULT, -5, 7, 100", 112u)]
    [TestCase("dp4a.s32.s32 RESULT, 0xFF02FD04, 0x05FA0708, 100", 94u)]
    [TestCase("dp4a.u32.u32 RESULT, 0xFF000001, 0xFF000002, 1", 65028u)]
    [TestCase("cnot.b32 RESULT, 0", 1u)]
    [TestCase("div.u32 RESULT, 7, 0", 0xFFFFFFFFu)]
    [TestCase("div.s32 RESULT, 0x80000000, -1", 0x80000000u)]
    [TestCase("rem.s32 RESULT, 0x80000000, -1", 0u)]
    [TestCase("add.sat.s32 RESULT, 0x7FFFFFFF, 1", 0x7FFFFFFFu)]
    [TestCase("sub.sat.s32 RESULT, 0x80000000, 1", 0x80000000u)]
    [TestCase("mul.hi.s32 RESULT, -3, 0x40000000", 0xFFFFFFFFu)]
    [TestCase("mad.hi.u32 RESULT, 0x80000000, 6, 10", 13u)]
    [TestCase("mul.wide.s16 RESULT, -3, 7", 0xFFFFFFEBu)]
    [TestCase("shl.b32 RESULT, 1, 32", 0u)]
    [TestCase("shr.s32 RESULT, 0x80000000, 99", 0xFFFFFFFFu)]
    [TestCase("slct.b32.s32 RESULT, 1, 2, -1", 2u)]
    [TestCase("set.gt.u32.s32 RESULT, 3, 2", 0xFFFFFFFFu)]
    [TestCase("set.lt.f32.s32 RESULT, 1, 2", 0x3F800000u)]
    public void Integers_are_computed_as_defined(string instruction, uint expected) =>
        Assert.That((uint)Result(instruction), Is.EqualTo(expected));

    [Test]
    public void Carries_go_from_word_to_word()
    {
        var random = new Random(5);
        var (a, b) = (new byte[16], new byte[16]);
        for (var round = 0; round < 50; round++)
        {
            random.NextBytes(a);
            random.NextBytes(b);
            var (x, y) = (
                new UInt128(BitConverter.ToUInt64(a, 8), BitConverter.ToUInt64(a)),
                new UInt128(BitConverter.ToUInt64(b, 8), BitConverter.ToUInt64(b))
            );
            Assert.That(Words("add.cc", "addc", x, y), Is.EqualTo(x + y));
            Assert.That(Words("sub.cc", "subc", x, y), Is.EqualTo(x - y));
        }
    }

    /// <summary>A product of 128 bits out of words of 32, as compilers write it.</summary>
    [Test]
    public void Carries_go_through_products()
    {
        var random = new Random(6);
        for (var round = 0; round < 50; round++)
        {
            var (x, y) = ((ulong)random.NextInt64() << 1 | 1, (ulong)random.NextInt64() << (round % 3));
            var results = Written.Run(
                $$"""
                mov.u32 %r4, 0x{{(uint)x:X}};
                mov.u32 %r5, 0x{{(uint)(x >> 32):X}};
                mov.u32 %r6, 0x{{(uint)y:X}};
                mov.u32 %r7, 0x{{(uint)(y >> 32):X}};
                mul.lo.u32 %r10, %r4, %r6;
                mul.hi.u32 %r11, %r4, %r6;
                mad.lo.cc.u32 %r11, %r4, %r7, %r11;
                madc.hi.u32 %r12, %r4, %r7, 0;
                mad.lo.cc.u32 %r11, %r5, %r6, %r11;
                madc.hi.cc.u32 %r12, %r5, %r6, %r12;
                addc.u32 %r13, 0, 0;
                mad.lo.cc.u32 %r12, %r5, %r7, %r12;
                madc.hi.u32 %r13, %r5, %r7, %r13;
                st.global.v4.b32 [%rd1], {%r10,%r11,%r12,%r13};
                """,
                threads: 1,
                count: 4
            );
            var product = (UInt128)x * y;
            Assert.That(results, Is.EqualTo(Enumerable.Range(0, 4).Select(i => (uint)(product >> (32 * i)))));
        }
    }

    [TestCase("mad.hi.cc.s32 %r4, -2, 0x40000000, -1", "addc.u32 %r5, 0, 0", 0xFFFFFFFEu, 1u)]
    [TestCase("mad.lo.cc.s32 %r4, -1, 1, 1", "madc.lo.s32 %r5, 3, 5, 1", 0u, 17u)]
    [TestCase("mad.lo.cc.u64 %rd4, 0x8000000000000000, 2, 1", "addc.u32 %r5, 7, 0", 1u, 7u)]
    public void Signed_and_long_products_carry(string first, string next, uint result, uint carried)
    {
        var wide = first.Contains("%rd4", StringComparison.Ordinal) ? "cvt.u32.u64 %r4, %rd4;" : "";
        var results = Written.Run(
            $"{first};\n{next};\n{wide}\nst.global.b32 [%rd1], %r4;\nst.global.b32 [%rd1+4], %r5;",
            threads: 1,
            count: 2
        );
        Assert.That(results, Is.EqualTo([result, carried]));
    }

    private static UInt128 Words(string first, string next, UInt128 x, UInt128 y)
    {
        string Word(UInt128 value, int index) => $"0x{(uint)(value >> (32 * index)):X}";
        var lines = Enumerable
            .Range(0, 4)
            .Select(i =>
                $"{(i == 0 ? first : i == 3 ? next : next + ".cc")}.u32 %r{10 + i}, {Word(x, i)}, {Word(y, i)};\nst.global.b32 [%rd1+{4 * i}], %r{10 + i};"
            );
        var words = Written.Run(string.Join('\n', lines), threads: 1, count: 4);
        return new(((ulong)words[3] << 32) | words[2], ((ulong)words[1] << 32) | words[0]);
    }

    /// <summary>Rounding in each direction, against exact integers: the nearest numbers below and above are neighbours or equal.</summary>
    [Test]
    public void Directed_rounding_encloses_the_exact_result(
        [Values("add", "sub", "mul", "div", "fma", "sqrt", "rcp")] string operation,
        [Values("f32", "f64")] string type
    )
    {
        var random = new Random(11);
        for (var round = 0; round < 40; round++)
        {
            var (a, b, c) = (Number(random, type), Number(random, type), Number(random, type));
            a = operation == "sqrt" ? Math.Abs(a) : a;
            var operands = operation switch
            {
                "fma" => new[] { a, b, c },
                "sqrt" or "rcp" => [a],
                _ => [a, b],
            };
            double At(string mode)
            {
                var literals = string.Join(", ", operands.Select(x => type == "f32" ? F((float)x) : D(x)));
                var bits = Result($"{operation}.{mode}.{type} RESULT, {literals}", type == "f32" ? "b32" : "b64");
                return type == "f32"
                    ? BitConverter.UInt32BitsToSingle((uint)bits)
                    : BitConverter.UInt64BitsToDouble(bits);
            }

            var (down, up, zero, nearest) = (At("rm"), At("rp"), At("rz"), At("rn"));
            var next = type == "f32" ? (double)MathF.BitIncrement((float)down) : Math.BitIncrement(down);
            Assert.Multiple(() =>
            {
                Assert.That(up == down || up == next, $"{down:R} … {up:R}");
                Assert.That(zero, Is.EqualTo(down > 0 || (down == 0 && up > 0) ? down : up));
                Assert.That(nearest, Is.EqualTo(down).Or.EqualTo(up));
                Assert.That(Sign(operation, operands, down), Is.LessThanOrEqualTo(0));
                Assert.That(Sign(operation, operands, up), Is.GreaterThanOrEqualTo(0));
            });
        }
    }

    private static double Number(Random random, string type)
    {
        var value = (random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-40, 40));
        return type == "f32" ? (float)value : value;
    }

    /// <summary>The sign of a candidate less the exact result, by integers.</summary>
    private static int Sign(string operation, double[] x, double candidate)
    {
        var (a, r) = (Fraction(x[0]), Fraction(candidate));
        var b = x.Length > 1 ? Fraction(x[1]) : a;
        return operation switch
        {
            "add" => Compare(r, Sum(a, b)),
            "sub" => Compare(r, Sum(a, (-b.Top, b.Bottom))),
            "mul" => Compare(r, (a.Top * b.Top, a.Bottom * b.Bottom)),
            "fma" => Compare(r, Sum((a.Top * b.Top, a.Bottom * b.Bottom), Fraction(x[2]))),
            "div" => Compare(r, Quotient(a, b)),
            "rcp" => Compare(r, Quotient((1, 1), a)),
            _ => Compare((r.Top * r.Top, r.Bottom * r.Bottom), a),
        };
    }

    private static (BigInteger Top, BigInteger Bottom) Quotient(
        (BigInteger Top, BigInteger Bottom) a,
        (BigInteger Top, BigInteger Bottom) b
    ) => (a.Top * b.Bottom * b.Top.Sign, a.Bottom * BigInteger.Abs(b.Top));

    private static (BigInteger Top, BigInteger Bottom) Sum(
        (BigInteger Top, BigInteger Bottom) a,
        (BigInteger Top, BigInteger Bottom) b
    ) => ((a.Top * b.Bottom) + (b.Top * a.Bottom), a.Bottom * b.Bottom);

    private static int Compare((BigInteger Top, BigInteger Bottom) a, (BigInteger Top, BigInteger Bottom) b) =>
        (a.Top * b.Bottom).CompareTo(b.Top * a.Bottom);

    private static (BigInteger Top, BigInteger Bottom) Fraction(double x)
    {
        // A double times 2^1100 is an integer.
        var scaled = BigInteger.Zero;
        var exponent = 0;
        while (x != Math.Truncate(x))
        {
            x *= 2;
            exponent++;
        }

        scaled = new BigInteger(x);
        return (scaled, BigInteger.One << exponent);
    }

    [TestCase("min.f32 RESULT, 0fFFC00000, 0f40000000", 0x40000000u)]
    [TestCase("max.NaN.f32 RESULT, 0f7FC00001, 0f40000000", 0x7FFFFFFFu)]
    [TestCase("min.f32 RESULT, 0f00000000, 0f80000000", 0x80000000u)]
    [TestCase("max.f32 RESULT, 0f80000000, 0f00000000", 0x00000000u)]
    [TestCase("min.f32 RESULT, 0f7FC00001, 0fFFC00001", 0x7FFFFFFFu)]
    [TestCase("max.xorsign.abs.f32 RESULT, 0fC0000000, 0f3F800000", 0xC0000000u)]
    [TestCase("add.ftz.f32 RESULT, 0f00000001, 0f80000000", 0x00000000u)]
    [TestCase("mul.ftz.f32 RESULT, 0f80800000, 0f3F000000", 0x80000000u)]
    [TestCase("mul.f32 RESULT, 0f80800000, 0f3F000000", 0x80400000u)]
    [TestCase("add.sat.f32 RESULT, 0f3F800000, 0f3F800000", 0x3F800000u)]
    [TestCase("add.sat.f32 RESULT, 0f7FC00000, 0f3F800000", 0x00000000u)]
    [TestCase("sub.f32 RESULT, 0f7F800000, 0f7F800000", 0x7FFFFFFFu)]
    [TestCase("add.rm.f32 RESULT, 0f3F800000, 0fBF800000", 0x80000000u)]
    [TestCase("copysign.f32 RESULT, 0fBF800000, 0f40000000", 0xC0000000u)]
    [TestCase("abs.ftz.f32 RESULT, 0f80000001", 0x00000000u)]
    [TestCase("ex2.approx.f32 RESULT, 0f40400000", 0x41000000u)]
    [TestCase("ex2.approx.ftz.f32 RESULT, 0fC3000000", 0x00000000u)]
    [TestCase("lg2.approx.f32 RESULT, 0f41000000", 0x40400000u)]
    [TestCase("rsqrt.approx.f32 RESULT, 0f40800000", 0x3F000000u)]
    [TestCase("tanh.approx.f32 RESULT, 0f7F800000", 0x3F800000u)]
    [TestCase("sin.approx.f32 RESULT, 0f00000000", 0x00000000u)]
    [TestCase("cos.approx.f32 RESULT, 0f00000000", 0x3F800000u)]
    [TestCase("div.full.f32 RESULT, 0f40400000, 0f40000000", 0x3FC00000u)]
    [TestCase("rcp.approx.ftz.f32 RESULT, 0f00000001", 0x7F800000u)]
    public void Single_precision_keeps_to_its_rules(string instruction, uint expected) =>
        Assert.That((uint)Result(instruction), Is.EqualTo(expected));

    [TestCase("finite", "0f7F7FFFFF", 1)]
    [TestCase("infinite", "0fFF800000", 1)]
    [TestCase("notanumber", "0f7F800001", 1)]
    [TestCase("number", "0f7F800001", 0)]
    [TestCase("normal", "0f00000001", 0)]
    [TestCase("subnormal", "0f80000001", 1)]
    public void Properties_are_told(string property, string value, int expected) =>
        Assert.That((int)Result($"testp.{property}.f32 RESULT, {value}", "pred"), Is.EqualTo(expected));

    [TestCase("cvt.rni.s32.f32 RESULT, 0f40200000", 2u)]
    [TestCase("cvt.rpi.s32.f32 RESULT, 0f40200000", 3u)]
    [TestCase("cvt.rmi.s32.f32 RESULT, 0fC0200000", 0xFFFFFFFDu)]
    [TestCase("cvt.rzi.u32.f32 RESULT, 0fC0200000", 0u)]
    [TestCase("cvt.rzi.s32.f32 RESULT, 0f7F800000", 0x7FFFFFFFu)]
    [TestCase("cvt.rzi.s32.f32 RESULT, 0f7FC00000", 0u)]
    [TestCase("cvt.rzi.s32.f64 RESULT, 0d7FF8000000000000", 0x80000000u)]
    [TestCase("cvt.rzi.s8.f32 RESULT, 0f43FA0000", 127u)]
    [TestCase("cvt.sat.u8.s32 RESULT, -5", 0u)]
    [TestCase("cvt.sat.s8.s32 RESULT, 300", 127u)]
    [TestCase("cvt.s8.s32 RESULT, 300", 44u)]
    [TestCase("cvt.s8.s32 RESULT, 200", 0xFFFFFFC8u)]
    [TestCase("cvt.rz.f32.f64 RESULT, 0d3FF0000010000001", 0x3F800000u)]
    [TestCase("cvt.rp.f32.f64 RESULT, 0d3FF0000000000001", 0x3F800001u)]
    [TestCase("cvt.rn.f32.u64 RESULT, 0xFFFFFF7FFFFFFFFF", 0x5F7FFFFFu)]
    [TestCase("cvt.rn.f32.s64 RESULT, 0x8000004000000001", 0xDEFFFFFFu)]
    [TestCase("cvt.rz.f32.u32 RESULT, 0xFFFFFFFF", 0x4F7FFFFFu)]
    [TestCase("cvt.rna.tf32.f32 RESULT, 0f3F801000", 0x3F802000u)]
    [TestCase("cvt.rna.tf32.f32 RESULT, 0f3F800FFF", 0x3F800000u)]
    [TestCase("cvt.rn.bf16x2.f32 RESULT, 0f3F800000, 0f40490FDB", 0x3F804049u)]
    [TestCase("cvt.rn.f16x2.f32 RESULT, 0f3F800000, 0f477FF000", 0x3C007C00u)]
    [TestCase("cvt.rz.f16x2.f32 RESULT, 0f3F800000, 0f477FF000", 0x3C007BFFu)]
    [TestCase("cvt.rn.relu.bf16x2.f32 RESULT, 0fBF800000, 0f3F800000", 0x00003F80u)]
    [TestCase("cvt.sat.f32.f32 RESULT, 0fBF800000", 0u)]
    [TestCase("cvt.ftz.f32.f32 RESULT, 0f00000001", 0u)]
    [TestCase("cvt.rni.f32.f32 RESULT, 0f40200000", 0x40000000u)]
    public void Conversions_round_and_clamp_as_asked_for(string instruction, uint expected) =>
        Assert.That((uint)Result(instruction), Is.EqualTo(expected));

    /// <summary>The nearest half and bfloat16 of a sum of products, decided by exact arithmetic.</summary>
    [Test]
    public void Fused_products_of_sixteen_bits_are_rounded_once([Values("f16", "bf16")] string type)
    {
        double Value(ushort bits) =>
            type == "f16"
                ? (double)BitConverter.UInt16BitsToHalf(bits)
                : BitConverter.UInt32BitsToSingle((uint)bits << 16);

        var random = new Random(17);
        for (var round = 0; round < 120; round++)
        {
            ushort Operand() =>
                type == "f16"
                    ? BitConverter.HalfToUInt16Bits(
                        (Half)((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-6, 6)))
                    )
                    : (ushort)(
                        BitConverter.SingleToUInt32Bits(
                            (float)((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-9, 9)))
                        ) >> 16
                    );
            var (a, b, c) = (Operand(), Operand(), Operand());
            var bits = (ushort)Result(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"mov.b16 %rs1, {a};\nmov.b16 %rs2, {b};\nmov.b16 %rs3, {c};\nfma.rn.{type} RESULT, %rs1, %rs2, %rs3"
                ),
                "b16"
            );
            var exact = Sum(
                (
                    Fraction(Value(a)).Top * Fraction(Value(b)).Top,
                    Fraction(Value(a)).Bottom * Fraction(Value(b)).Bottom
                ),
                Fraction(Value(c))
            );
            foreach (var other in new[] { (ushort)(bits + 1), (ushort)(bits - 1) })
            {
                var distance = Distance(exact, Fraction(Value(bits)));
                var order = Compare(distance, Distance(exact, Fraction(Value(other))));
                Assert.That(order < 0 || (order == 0 && bits % 2 == 0), $"{a:x4} * {b:x4} + {c:x4} = {bits:x4}");
            }
        }
    }

    private static (BigInteger Top, BigInteger Bottom) Distance(
        (BigInteger Top, BigInteger Bottom) a,
        (BigInteger Top, BigInteger Bottom) b
    )
    {
        var (top, bottom) = Sum(a, (-b.Top, b.Bottom));
        return (BigInteger.Abs(top), bottom);
    }

    [TestCase("setp.ltu.f32 RESULT, 0f7FC00000, 0f3F800000", 1)]
    [TestCase("setp.lt.f32 RESULT, 0f7FC00000, 0f3F800000", 0)]
    [TestCase("setp.ne.f32 RESULT, 0f7FC00000, 0f3F800000", 0)]
    [TestCase("setp.neu.f32 RESULT, 0f7FC00000, 0f3F800000", 1)]
    [TestCase("setp.num.f64 RESULT, 0d3FF0000000000000, 0d3FF0000000000000", 1)]
    [TestCase("setp.eq.ftz.f32 RESULT, 0f00000001, 0f80000000", 1)]
    [TestCase("setp.hi.u32 RESULT, -1, 1", 1)]
    [TestCase("setp.gt.s32 RESULT, -1, 1", 0)]
    [TestCase("setp.lt.and.s32 RESULT, 1, 2, !1", 0)]
    [TestCase("mov.pred RESULT, -1", 1)]
    [TestCase("mov.pred RESULT, 0", 0)]
    public void Comparisons_know_what_is_unordered(string instruction, int expected) =>
        Assert.That((int)Result(instruction, "pred"), Is.EqualTo(expected));
}
