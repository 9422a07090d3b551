namespace Mlir.Backends.Interpreter;

/// <summary>Elementary functions that .NET lacks, in double precision with errors of a few units in the last place.</summary>
internal static class ElementaryFunctions
{
    private const double TwoOverSqrtPi = 1.1283791670955126;

    /// <summary><c>exp(x) - 1</c>.</summary>
    public static double ExpM1(double x)
    {
        if (Math.Abs(x) < 1e-17)
        {
            return x;
        }

        if (Math.Abs(x) > 0.5)
        {
            return Math.Exp(x) - 1;
        }

        // expm1(x) = 2·tanh(x/2) / (1 − tanh(x/2)), without cancellation.
        var t = Math.Tanh(x / 2);
        return 2 * t / (1 - t);
    }

    /// <summary><c>log(1 + x)</c>.</summary>
    public static double Log1P(double x)
    {
        var sum = 1 + x;
        if (sum == 1)
        {
            return x;
        }

        return double.IsFinite(sum) && sum > 0 && Math.Abs(x) < 0.5 ? 2 * Math.Atanh(x / (2 + x)) : Math.Log(sum);
    }

    /// <summary>The error function: its power series near zero, else one minus the complement.</summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) >= 2)
        {
            return Math.Sign(x) * (1 - Erfc(Math.Abs(x)));
        }

        // erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!, all terms of one sign.
        var term = x;
        var sum = x;
        for (var n = 1; n < 200 && Math.Abs(term) > Math.Abs(sum) * 1e-18; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return TwoOverSqrtPi * Math.Exp(-x * x) * sum;
    }

    /// <summary>The complementary error function: a continued fraction away from zero.</summary>
    public static double Erfc(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x < 2)
        {
            return 1 - Erf(x);
        }

        if (x > 28)
        {
            return 0;
        }

        // erfc(x) = e^(−x²)/√π · 1/(x + 1/2/(x + 2/2/(x + 3/2/(x + …)))), from the inside out.
        var fraction = x;
        for (var k = 120; k >= 1; k--)
        {
            fraction = x + (k / 2.0 / fraction);
        }

        // e^(−x²) with x² split, so that its rounding error does not spoil the exponential.
        var high = (double)(float)x;
        var low = x - high;
        return Math.Exp(-high * high) * Math.Exp(-low * (high + x)) * (TwoOverSqrtPi / 2) / fraction;
    }
}
