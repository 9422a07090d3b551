namespace Mlir.Arrays;

/// <summary>How many numbers a range holds.</summary>
internal static class Counting
{
    /// <summary>The number of steps from <paramref name="start"/> before <paramref name="stop"/>.</summary>
    /// <exception cref="ArgumentException">The step is zero, or there is no such number.</exception>
    public static nint Steps(double start, double stop, double step)
    {
        var count = Math.Ceiling((stop - start) / step);
        return step != 0 && count < long.MaxValue
            ? (nint)Math.Max(count, 0)
            : throw new ArgumentException("The number of steps must be finite.");
    }
}
