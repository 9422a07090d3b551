namespace Mlir.Arrays;

/// <summary>Part of an axis as Python writes it, <c>start:stop:step</c>, before the size of the axis is known.</summary>
/// <param name="Start">The first index, from the end when negative; null for the first that the direction allows.</param>
/// <param name="Stop">The index that is not reached; null for none.</param>
/// <param name="Step">The distance between indices, not zero.</param>
internal readonly record struct SliceRange(int? Start, int? Stop, int Step)
{
    /// <summary>The first index and the number of indices in an axis of <paramref name="length"/> elements.</summary>
    public (nint First, nint Count) In(nint length)
    {
        if (Step == 0)
        {
            throw new ArgumentException("the step of a slice must not be zero");
        }

        // Going down, the places before the first element and at the last one are the limits.
        var (low, high) = Step > 0 ? ((nint)0, length) : (-1, length - 1);
        nint Clamp(nint index) => Math.Clamp(index < 0 ? index + length : index, low, high);
        var first =
            Start is { } start ? Clamp(start)
            : Step > 0 ? low
            : high;
        var end =
            Stop is { } stop ? Clamp(stop)
            : Step > 0 ? high
            : low;
        var span = Step > 0 ? end - first : first - end;
        nint stride = Math.Abs(Step);
        return (first, span <= 0 ? 0 : (span + stride - 1) / stride);
    }
}
