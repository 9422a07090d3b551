namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>
/// erf and erfc. Method: a minimax polynomial near 0; erf a = 1 − exp(−p(a)) elsewhere, because −log erfc is nearly a parabola; for
/// erfc, exp(−x²) with x² to twice the precision, times u p(u) with u = 1 / (x + c) (the mapping of M. Shepherd and J. Laframboise,
/// Math. Comp. 36, 1981).
/// </summary>
internal static class ErrorFunction
{
    /// <summary>erf x: odd, ±1 for ±∞.</summary>
    public static Real Erf(Real x)
    {
        var f = x.Format;
        var a = x.Abs();
        var near = a < 1;
        var square = a * a;
        var small = Real.Fma(a, Coefficients.ErfSmall.At(square), a);

        double limit = f.Of(6, 4);
        var bounded = (a > limit).Select(limit, a);
        var exponent = (f.Width == 64 ? Coefficients.ErfLarge : Coefficients.ErfLargeSingle).At(bounded);
        var large = 1 - ExpOfNegative(exponent);
        return near.Select(small, large).WithSignOf(x);
    }

    /// <summary>erfc x = 1 − erf x, relatively accurate down to the subnormals; 2 for −∞, 0 for +∞.</summary>
    public static Real Erfc(Real x)
    {
        var f = x.Format;
        var a = x.Abs();
        var square = a * a;

        // |x| ≤ 0.8: (1 − x) − x p(x²), the first difference with its error.
        var (difference, differenceError) = Real.FastTwoSum(1, -x);
        var small = difference + Real.Fma(-x, Coefficients.ErfSmall.At(square), differenceError);

        double limit = f.Of(27.5, 10.2);
        var bounded = (a > limit).Select(limit, a);
        var (high, low) = Real.TwoProduct(bounded, bounded);

        // exp(−(high + low)) = (1 + q) 2^k, q = r + qTail
        var (n, k) = Exponential.NearestInteger(high, -Constants.Log2E[f, 0], 2 * f.Bias);
        var exact = Real.Fma(-n, Constants.Ln2[f, 0], -high);
        var r = Real.Fma(-n, Constants.Ln2[f, 1], exact);
        low -= Real.Fma(-n, Constants.Ln2[f, 1], exact - r);
        var rSquare = r * r;
        var curve = Coefficients.ExpM1.At(r, rSquare);
        var qTail = Real.Fma(rSquare, curve, -Real.Fma(low, Real.Fma(rSquare, curve, r), low));

        // w = u p(u), u = 1 / (x + c). The error of u counts in both places: dw/du = (2/√π − 2 x w) / u², as (exp(x²) erfc x)' shows.
        double shift = f.Of(1.5, 0.5),
            centre = f.Of(125.0 / 512, 235.0 / 512);
        var (sum, sumError) = Real.TwoSum(bounded, shift);
        var u = 1 / sum;
        var uError = Real.Fma(-u, sumError, Real.Fma(-u, sum, 1));
        var (g, gError) = (f.Width == 64 ? Coefficients.ErfcTail : Coefficients.ErfcTailSingle).InBlocksWithError(
            u - centre,
            3
        );
        var (w, wError) = Real.TwoProduct(u, g);
        wError = Real.Fma(uError * sum, Real.Fma(bounded * -2, w, 1.1283791670955126), Real.Fma(u, gError, wError));

        // w (1 + q), rounded once before the scaling: w + (w q + errors)
        var value = w + Real.Fma(w, r, Real.Fma(w, qTail, wError));
        var half = k.ShiftRight(1);
        var tail = value * half.ShiftLeft(f.FractionBits).Float * (k - half).ShiftLeft(f.FractionBits).Float;

        var large = (x < 0).Select(2 - tail, tail);
        return (a > 0.8).Select(large, small);
    }

    /// <summary>exp(−p) for p ≥ 0 up to where the result is far below an ulp of 1.</summary>
    private static Real ExpOfNegative(Real p)
    {
        var f = p.Format;
        var (n, k) = Exponential.NearestInteger(p, -Constants.Log2E[f, 0], f.Bias);
        var r = Real.Fma(-n, Constants.Ln2[f, 0], -p);
        r = Real.Fma(-n, Constants.Ln2[f, 1], r);
        var square = r * r;
        var s = k.ShiftLeft(f.FractionBits).Float;
        return Real.Fma(Real.Fma(square, Coefficients.Exp.At(r, square), r), s, s);
    }
}
