namespace Mlir;

/// <summary>What floating-point arithmetic promises.</summary>
public enum Precision
{
    /// <summary>
    /// Each operation is rounded as C# rounds it; elementary functions are within 2 ulp and treat NaN, infinities, signed zeros and subnormal numbers
    /// as .NET does.
    /// </summary>
    Exact,

    /// <summary>
    /// A product and a sum become one rounding; elementary functions take short cuts: arguments and results are meant to be finite, normal numbers. exp
    /// and its relatives saturate instead of reaching 0 and infinity, log of numbers that are not positive and normal is arbitrary, and tanh, expm1 and
    /// log1p are within some ulp of 1, which near zero is not within some ulp of the result. The order of sums stays that of <see cref="Exact"/>, and results
    /// are the same on all targets and for any number of threads.
    /// </summary>
    Fast,
}
