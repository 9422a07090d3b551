namespace Mlir.Tests.Lowering.Conversion.MathToArith;

/// <summary>Inputs for measurements: all magnitudes, the places where functions bend, and points known to be hard.</summary>
public static class Samples
{
    /// <summary>Numbers that end cases: zeros, infinities, NaN, subnormals, extremes, neighbours of 1.</summary>
    public static readonly double[] Special =
    [
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -0.5,
        2,
        -2,
        3,
        -3,
        1.5,
        -1.5,
        2.5,
        -2.5,
        double.Epsilon,
        -double.Epsilon,
        2.2250738585072014E-308,
        -2.2250738585072014E-308,
        2.225073858507201E-308,
        1e-300,
        -1e-300,
        double.MaxValue,
        double.MinValue,
        1e300,
        -1e300,
        1e10,
        -1e10,
        4503599627370497.5,
        9007199254740992,
        9007199254740993.0 * 4,
        Math.BitDecrement(1.0),
        Math.BitIncrement(1.0),
        -Math.BitDecrement(1.0),
        -Math.BitIncrement(1.0),
        Math.BitDecrement(0.5),
        709.782712893384,
        709.7827128933841,
        -745.1332191019411,
        -745.1332191019412,
        710.4758600739439,
        710.475860073944,
        1023.9999999999999,
        1024,
        -1074,
        -1075,
        -1075.0000000000002,
        10,
        100,
        1000,
        1e15,
        8,
        27,
        1024,
        0.125,
    ];

    /// <summary>f32 numbers of the same kind.</summary>
    public static readonly float[] SpecialSingle =
    [
        .. Special.Select(x => (float)x),
        float.Epsilon,
        -float.Epsilon,
        1.17549435E-38f,
        -1.17549435E-38f,
        1.1754942E-38f,
        float.MaxValue,
        float.MinValue,
        MathF.BitDecrement(1),
        MathF.BitIncrement(1),
        -MathF.BitDecrement(1),
        MathF.BitDecrement(0.5f),
        88.72283f,
        88.72284f,
        -103.97207f,
        -103.97209f,
        89.41598f,
        89.41599f,
        127.99999f,
        128,
        -149,
        -150,
        -150.00002f,
        8388607.5f,
    ];

    /// <summary>
    /// Arguments whose distance from a multiple of π/2 is among the smallest of their format: 6381956970095103 · 2^797 is the worst
    /// double (J.-M. Muller, Elementary Functions, ch. 11), 16367173 · 2^72 the worst single.
    /// </summary>
    public static readonly double[] HardAngles =
    [
        Math.ScaleB(6381956970095103, 797),
        Math.ScaleB(16367173, 72),
        Math.ScaleB(5170357, 31),
        1.5707963267948966,
        3.141592653589793,
        6.283185307179586,
        355,
        103993,
        5419351,
        80143857,
        1.5707963705062866,
        3.1415927410125732,
        1e22,
        1e16,
        268435456,
        268435457,
        421657428.5,
        421657428.4,
        16384,
        25735.93,
        25735.926,
        1.7976931348623157E+308,
        8.98846567431158E+307,
        3.4028234663852886E+38,
    ];

    /// <summary>
    /// The numbers nearest to multiples of π/2, of all sizes: there the reduced argument is tiny and every bit of it comes from far
    /// behind the point.
    /// </summary>
    public static double[] NearQuarterTurns(int count, bool single)
    {
        var random = new Random(17);
        var result = new double[count];
        for (var i = 0; i < count; i++)
        {
            var turns = (long)
                Math.Exp(
                    random.NextDouble()
                        * Math.Log(
                            Math.ScaleB(
                                1,
                                i % 4 == 0 ? 62
                                    : single ? 15
                                    : 29
                            )
                        )
                );
            var x = (new Big(turns, 0) * Exact.Pi).Scale(-1).Approximate() * (i % 2 == 0 ? 1 : -1);
            result[i] = single ? (float)x : x;
        }

        return result;
    }

    /// <summary>f64 numbers within an interval: random bit patterns, magnitudes near 1, moderate numbers, and neighbours of 1.</summary>
    public static double[] Double(double low, double high, int count, int seed)
    {
        var random = new Random(seed);
        var result = new List<double>(count);
        while (result.Count < count)
        {
            var x = (result.Count % 5) switch
            {
                0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                1 => (random.NextDouble() - 0.5) * 8,
                2 => Math.Max(low, -1e5) + random.NextDouble() * (Math.Min(high, 1e5) - Math.Max(low, -1e5)),
                3 => Math.Exp((random.NextDouble() - 0.7) * 50) * (random.Next(2) * 2 - 1),
                _ => 1 + (random.NextDouble() - 0.5) * Math.Exp(-random.NextDouble() * 30),
            };
            if (x >= low && x <= high)
            {
                result.Add(x);
            }
        }

        return [.. result];
    }

    /// <summary>f32 numbers of all exponents and signs, spread evenly over the bit patterns that lie within an interval.</summary>
    public static float[] Dense(double low, double high, int count, int seed)
    {
        var random = new Random(seed);
        var step = (1L << 32) / count;
        var result = new List<float>();
        for (var bits = 0L; bits < 1L << 32; bits += step)
        {
            var x = BitConverter.UInt32BitsToSingle((uint)(bits + random.NextInt64(step)));
            if (x >= low && x <= high)
            {
                result.Add(x);
            }
        }

        // Where the interval leaves few bit patterns, more numbers from it.
        while (result.Count < count)
        {
            var x = (float)(
                random.Next(3) switch
                {
                    0 => Math.Max(low, -1e4) + random.NextDouble() * (Math.Min(high, 1e4) - Math.Max(low, -1e4)),
                    1 => 1 + (random.NextDouble() - 0.5) * Math.Exp(-random.NextDouble() * 14),
                    _ => (random.NextDouble() - 0.5) * 8 * Math.Exp(-random.NextDouble() * 8),
                }
            );
            if (x >= low && x <= high)
            {
                result.Add(x);
            }
        }

        return [.. result];
    }
}
