using Mlir.IR;
using Mlir.IR.Text;

namespace Mlir.Tests.IR.Text;

/// <summary>Every float constant reads back to the bits that were printed.</summary>
[TestFixture]
public sealed class FloatTextTests
{
    private static void RoundTrips(FloatType type, UInt128 bits)
    {
        var attribute = FloatAttr.FromBits(type, bits);
        var text = attribute.ToString();
        var back = MlirText.ParseAttribute(text, TestDialect.Registry).ValueOrThrow();
        Assert.That(back, Is.EqualTo(attribute), text);
    }

    [TestCase("f8E5M2")]
    [TestCase("f8E4M3FN")]
    [TestCase("f8E4M3FNUZ")]
    [TestCase("f8E8M0FNU")]
    [TestCase("f4E2M1FN")]
    [TestCase("f16")]
    [TestCase("bf16")]
    public void EveryPatternOfASmallFormat(string name)
    {
        var type = FloatType.TryGet(name)!;
        var step = type.Width == 16 ? 7 : 1;
        for (var bits = 0; bits < 1 << type.Width; bits += step)
        {
            RoundTrips(type, (UInt128)bits);
        }
    }

    [TestCase("f32")]
    [TestCase("f64")]
    [TestCase("f80")]
    [TestCase("f128")]
    [TestCase("tf32")]
    public void RandomPatterns(string name)
    {
        var type = FloatType.TryGet(name)!;
        var random = new Random(7);
        for (var i = 0; i < 5000; i++)
        {
            var bits = new UInt128(
                (ulong)random.NextInt64(long.MinValue, long.MaxValue),
                (ulong)random.NextInt64(long.MinValue, long.MaxValue)
            );
            RoundTrips(type, type.Width == 128 ? bits : bits & ((UInt128.One << type.Width) - 1));
        }
    }

    [TestCase(0.1, "1.000000e-01")]
    [TestCase(1.0, "1.000000e+00")]
    [TestCase(-1234.5, "-1.234500e+03")]
    [TestCase(1e100, "1.000000e+100")]
    [TestCase(1234567, "1234567.0")]
    [TestCase(1.000000000001e22, "1.000000000001E+22")]
    [TestCase(5e-324, "4.940660e-324")]
    public void DoublesPrintShortAndWithAPoint(double value, string expected) =>
        Assert.That(FloatAttr.Get(FloatType.F64, value).ToString(), Is.EqualTo(expected + " : f64"));
}
