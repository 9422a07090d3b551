namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// Writes x as n · π/2 + r, exactly enough for every finite x. Up to a bound: three constants that add up to π/2
/// (W. Cody and W. Waite, 1980), each subtracted by a fused multiply-add. Above it, in a rare branch: the bits of 2/π that matter at
/// x's exponent, times x's significand, in integer arithmetic (M. Payne and R. Hanek, SIGNUM Newsletter 18(1), 1983).
/// </summary>
internal static class ArgumentReduction
{
    /// <summary>True where x is too large for <see cref="ToQuarter"/> and needs <see cref="LargeToQuarter"/>; false for NaN.</summary>
    public static Flag IsLarge(Real x) => x.Abs() > x.Format.Of(1 << 28, 1 << 14);

    /// <summary>x = n π/2 + r + rest with |r| ≤ π/4; n is in the low bits of <c>N</c>.</summary>
    public static (Real R, Real Low, Bits N) ToQuarter(Real x)
    {
        var (n, bits) = Exponential.NearestInteger(x, Constants.TwoOverPi, 0);
        var (r, rest) = Subtract(x, n);
        return (r, rest, bits);
    }

    /// <summary>
    /// x − n π/2 as a sum. The first product is exact within the fused operation, and so is its difference from x. The second product h
    /// is rounded, but the difference r = exact − h has an exact error, because exact is a multiple of h's last place (S. Boldo, S.
    /// Graillat and J.-M. Muller, ACM TOMS 44, 2017), and the fused operations take it from there.
    /// </summary>
    private static (Real R, Real Low) Subtract(Real x, Real n)
    {
        var f = x.Format;
        var exact = Real.Fma(-n, Constants.HalfPi[f, 0], x);
        var r = exact - n * Constants.HalfPi[f, 1];
        var rest = Real.Fma(-n, Constants.HalfPi[f, 1], exact - r);
        return (r, Real.Fma(-n, Constants.HalfPi[f, 2], rest));
    }

    /// <summary>
    /// As <see cref="ToQuarter"/> for large x, and NaN for ±∞: x · 2/π modulo 4 as a fixed-point number; then its distance from the nearest integer, times π/2, and that integer.
    /// </summary>
    public static (Real R, Real Low, Bits N) LargeToQuarter(Real x)
    {
        var emitter = x.Emitter;
        bool single = x.Format.Width == 32;
        var (top, middle) = single ? LargeSingle(x) : LargeDouble(x);

        var negative = x.Bits.LessThan(0);
        var middleNegated = 0 - middle;
        var topNegated = (0 - top) - middle.NotEqualTo(0).Select(1, 0, 64);
        top = negative.Select(topNegated, top);
        middle = negative.Select(middleNegated, middle);

        // Two bits stand before the binary point; the rounding bit is the one after them.
        var n = (top + (1L << 61)).ShiftRight(62);
        var fractionTop = top.ShiftLeft(2) | middle.ShiftRight(62);
        var fractionMiddle = middle.ShiftLeft(2);

        // The fraction, in [−½, ½), as the sum of four 32-bit pieces; each is exact in f64, and so is each sum with its error.
        var d = RealFormat.Double;
        var high = emitter.FromSigned(fractionTop.ShiftRightSigned(32), d) * Math.ScaleB(1, -32);
        (high, var low) = Real.FastTwoSum(high, emitter.FromSigned(fractionTop & 0xFFFFFFFF, d) * Math.ScaleB(1, -64));
        (high, var error) = Real.FastTwoSum(
            high,
            emitter.FromSigned(fractionMiddle.ShiftRight(32), d) * Math.ScaleB(1, -96)
        );
        (high, var lastError) = Real.FastTwoSum(
            high,
            emitter.FromSigned(fractionMiddle & 0xFFFFFFFF, d) * Math.ScaleB(1, -128)
        );
        low = (low + error) + lastError;
        (high, low) = Real.FastTwoSum(high, low);
        high = x.Abs().EqualTo(double.PositiveInfinity).Select(double.NaN, high);
        var (r, rest) = Real.TwoProduct(high, Constants.HalfPi[d, 0]);
        rest += Real.Fma(high, Constants.HalfPi[d, 1], low * Constants.HalfPi[d, 0]);

        if (single)
        {
            var rounded = emitter.Convert(r, x.Format);
            rest = emitter.Convert(r - emitter.Convert(rounded, d), x.Format);
            return (rounded, rest, emitter.Truncate(n));
        }
        (r, rest) = Real.FastTwoSum(r, rest);
        return (r, rest, n);
    }

    /// <summary>|x| · 2/π modulo 4, times 2^62 and 2^126: 53 bits of x by 192 bits of 2/π.</summary>
    private static (Bits Top, Bits Middle) LargeDouble(Real x)
    {
        var bits = x.Bits;
        var exponent = bits.ShiftRight(52) & 0x7FF;
        var m = (bits & ((1L << 52) - 1)) | (1L << 52);

        // x = m 2^(exponent − 1075). The bits of 2/π before position exponent − 1077 give multiples of 4.
        var offset = exponent - 1013;
        var words = Window(offset.ShiftRight(6), [0, .. Constants.TwoOverPiBits], bits.Emitter, 4, 5);
        var shift = offset & 63;
        var f2 = Join(words[0], words[1], shift);
        var f1 = Join(words[1], words[2], shift);
        var f0 = Join(words[2], words[3], shift);

        var result = Product(
            m & 0xFFFFFFFF,
            m.ShiftRight(32),
            [f0 & 0xFFFFFFFF, f0.ShiftRight(32), f1 & 0xFFFFFFFF, f1.ShiftRight(32), f2 & 0xFFFFFFFF, f2.ShiftRight(32)]
        );
        return (result[5].ShiftLeft(32) | result[4], result[3].ShiftLeft(32) | result[2]);
    }

    /// <summary>As <see cref="LargeDouble"/>: 24 bits of x by 128 bits of 2/π.</summary>
    private static (Bits Top, Bits Middle) LargeSingle(Real x)
    {
        var bits = x.Emitter.ZeroExtend(x.Bits);
        var exponent = bits.ShiftRight(23) & 0xFF;
        var m = (bits & ((1L << 23) - 1)) | (1L << 23);
        var offset = exponent - (150 - 62);
        var words = Window(offset.ShiftRight(6), [0, .. Constants.TwoOverPiBits[..4]], bits.Emitter, 3, 2);
        var shift = offset & 63;
        var f1 = Join(words[0], words[1], shift);
        var f0 = Join(words[1], words[2], shift);
        var result = Product(m, null, [f0 & 0xFFFFFFFF, f0.ShiftRight(32), f1 & 0xFFFFFFFF, f1.ShiftRight(32)]);
        return (result[3].ShiftLeft(32) | result[2], result[1].ShiftLeft(32) | result[0]);
    }

    /// <summary>Some words of a table from a variable index on, by a shifter made of selections: the table never touches memory.</summary>
    private static Bits[] Window(Bits index, ulong[] table, Emitter emitter, int count, int indexBits)
    {
        var words = Array.ConvertAll(table, word => emitter.Constant((long)word, 64));
        for (int bit = indexBits - 1; bit >= 0; bit--)
        {
            int step = 1 << bit;
            var set = (index & step).NotEqualTo(0);
            var next = new Bits[Math.Min(words.Length, count + step - 1)];
            for (int i = 0; i < next.Length; i++)
                next[i] = i + step < words.Length ? set.Select(words[i + step], words[i]) : words[i];
            words = next;
        }
        return words;
    }

    /// <summary>64 bits from a bit position within two words.</summary>
    private static Bits Join(Bits first, Bits second, Bits shift) =>
        first.ShiftLeft(shift) | second.ShiftRight(1).ShiftRight(63 - shift);

    /// <summary>The low words of (high · 2^32 + low) · words, words of 32 bits from the lowest up.</summary>
    private static Bits[] Product(Bits low, Bits? high, Bits[] words)
    {
        var result = new Bits[words.Length];
        Bits carry = 0;
        for (int i = 0; i < words.Length; i++)
        {
            var p = low * words[i];
            var sum = i == 0 ? p & 0xFFFFFFFF : carry + (p & 0xFFFFFFFF);
            var above = p.ShiftRight(32);
            if (high is { } h && i > 0)
            {
                var q = h * words[i - 1];
                sum += q & 0xFFFFFFFF;
                above += q.ShiftRight(32);
            }
            result[i] = sum & 0xFFFFFFFF;
            carry = sum.ShiftRight(32) + above;
        }
        return result;
    }
}
