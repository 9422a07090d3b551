namespace Mlir.Arrays;

/// <summary>The error function, which .NET lacks.</summary>
internal static class ErrorFunction
{
    // From here on it is 1 to the last bit.
    private const double Flat = 6;

    /// <summary>erf(x) by the series 2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!!, whose terms all have one sign.</summary>
    public static double Of(double x)
    {
        if (!(Math.Abs(x) < Flat))
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }

        var (term, sum) = (x, x);
        for (var n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-18; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
