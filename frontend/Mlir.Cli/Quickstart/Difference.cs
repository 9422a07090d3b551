using System.Numerics.Tensors;

namespace Mlir.Cli.Quickstart;

/// <summary>How far two results are apart, in units in the last place.</summary>
internal static class Difference
{
    /// <summary>The largest difference between two numbers or two tensors.</summary>
    /// <param name="expected">A <see cref="double"/> or a tensor of them.</param>
    /// <param name="actual">Likewise.</param>
    /// <returns>The number of doubles between the two that differ most; the largest possible one if the shapes differ.</returns>
    public static ulong InUlps(object expected, object actual)
    {
        switch (expected, actual)
        {
            case (double e, double a):
                return InUlps(e, a);
            case (Tensor<double> e, Tensor<double> a) when e.Lengths.SequenceEqual(a.Lengths):
                ulong largest = 0;
                var (left, right) = (Flat(e), Flat(a));
                for (var i = 0; i < left.Length; i++)
                {
                    largest = Math.Max(largest, InUlps(left[i], right[i]));
                }

                return largest;
            default:
                return ulong.MaxValue;
        }
    }

    private static ulong InUlps(double expected, double actual)
    {
        if (double.IsNaN(expected) || double.IsNaN(actual))
        {
            return double.IsNaN(expected) && double.IsNaN(actual) ? 0 : ulong.MaxValue;
        }

        var (e, a) = (Ordinal(expected), Ordinal(actual));
        return e > a ? (ulong)(e - a) : (ulong)(a - e);
    }

    /// <summary>Consecutive doubles have consecutive ordinals; both zeros have 0.</summary>
    private static Int128 Ordinal(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits >= 0 ? bits : (Int128)long.MinValue - bits;
    }

    private static double[] Flat(Tensor<double> tensor)
    {
        var flat = new double[checked((int)tensor.FlattenedLength)];
        tensor.FlattenTo(flat);
        return flat;
    }
}
