namespace Mlir.Dataflow;

/// <summary>How far numbers may be apart and still count as equal: within one of the two bounds.</summary>
/// <param name="Relative">As a part of the larger one's magnitude.</param>
/// <param name="Absolute">As a difference.</param>
public sealed record Tolerance(double Relative = 1e-9, double Absolute = 0)
{
    /// <summary>Equal up to the last digits: 1e-9 of the larger one.</summary>
    public static Tolerance Default { get; } = new();

    /// <summary>No difference at all.</summary>
    public static Tolerance Exact { get; } = new(0, 0);

    /// <summary>Whether two numbers count as equal. NaN equals NaN.</summary>
    public bool Accepts(double left, double right) =>
        left.Equals(right)
        || left == right
        || (
            double.IsFinite(left)
            && double.IsFinite(right)
            && Math.Abs(left - right) <= Math.Max(Relative * Math.Max(Math.Abs(left), Math.Abs(right)), Absolute)
        );
}
