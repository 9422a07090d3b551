namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>cbrt and rsqrt.</summary>
internal static class Root
{
    /// <summary>
    /// ∛x, odd. Method: |x| = 8^q z with 1 ≤ z &lt; 8; y ≈ z^(−⅓) from a polynomial, refined by the iteration
    /// y ← y (1 + h/3 + 2h²/9), h = 1 − z y³, of third order; then z y² and one correction from its exact residual.
    /// </summary>
    public static Real Cbrt(Real x)
    {
        var f = x.Format;
        var a = x.Abs();
        int lift = f.Width == 64 ? 54 : 24; // a multiple of 3
        var tiny = a < f.MinNormal;
        var bits = tiny.Select(a * Math.ScaleB(1, lift), a).Bits;

        // The biased exponent, made congruent to the true one modulo 3, and a third of it by a multiplication.
        int round = (3 - f.Bias % 3) % 3;
        var exponent = bits.ShiftRight(f.FractionBits) + round;
        var third = (exponent * 21846).ShiftRight(16);
        var remainder = exponent - third * 3;
        var m = ((bits & f.FractionMask) | f.OneBits).Float;
        Flag one = remainder.EqualTo(1),
            two = remainder.EqualTo(2);
        var z = m * two.Select(4, one.Select(2, 1, f));

        var y =
            Coefficients.InverseCubeRoot.At(m) * two.Select(0.6299605249474366, one.Select(0.7937005259840998, 1, f));
        for (int i = 0; i < (f.Width == 64 ? 2 : 1); i++)
        {
            var h = Real.Fma(-z, y * y * y, 1);
            y = Real.Fma(y * h, Real.Fma(h, 2.0 / 9, 1.0 / 3), y);
        }
        var square = y * y;
        var root = z * square;
        var (rootSquare, error) = Real.TwoProduct(root, root);
        var residual = Real.Fma(-root, error, Real.Fma(-root, rootSquare, z));
        root = Real.Fma(residual * square, 1.0 / 3, root);

        int bias = f.Bias - (f.Bias + round) / 3;
        var power = (third + tiny.Select(bias - lift / 3, bias, f.Width)).ShiftLeft(f.FractionBits).Float;
        root *= power;
        root = (a < double.PositiveInfinity).Select(root, a);
        return x.EqualTo(0).Select(x, root.WithSignOf(x));
    }

    /// <summary>1 / √x: +∞ for +0, −∞ for −0, NaN below 0.</summary>
    public static Real Rsqrt(Real x) => 1 / x.Sqrt();
}
