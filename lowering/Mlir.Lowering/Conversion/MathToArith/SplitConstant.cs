namespace Mlir.Lowering.Conversion.MathToArith;

/// <summary>A real constant as an unevaluated sum of numbers of each format, largest first; each is the rest rounded to nearest.</summary>
/// <param name="Double">Terms for f64.</param>
/// <param name="Single">Terms for f32.</param>
internal sealed record SplitConstant(double[] Double, double[] Single)
{
    /// <summary>One term in one format.</summary>
    public double this[RealFormat format, int term] => (format.Width == 64 ? Double : Single)[term];
}
