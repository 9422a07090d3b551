namespace Mlir.Arrays;

/// <summary>Where the elements beyond the edges of an axis come from.</summary>
internal static class Padding
{
    /// <summary>Checks the widths.</summary>
    public static void Check(int before, int after, nint length, PadMode mode)
    {
        if (before < 0 || after < 0)
        {
            throw new ArgumentException("a width must not be negative");
        }

        if (mode != PadMode.Constant && length == 0 && before + after > 0)
        {
            throw new ArgumentException("The axis is empty and cannot be extended.");
        }
    }

    /// <summary>The place in the axis that stands at <paramref name="index"/>, which may lie outside.</summary>
    public static nint Place(nint index, nint length, PadMode mode)
    {
        switch (mode)
        {
            case PadMode.Edge:
                return Math.Clamp(index, 0, length - 1);
            case PadMode.Wrap:
                return Wrap(index, length);
            default:
                // The pattern 0 1 2 … n−1 … 2 1 repeats.
                var period = Math.Max((2 * length) - 2, 1);
                var place = Wrap(index, period);
                return Math.Min(place, period - place) % length;
        }
    }

    /// <summary>The remainder that has the sign of the length.</summary>
    public static nint Wrap(nint index, nint length)
    {
        var rest = index % length;
        return rest < 0 ? rest + length : rest;
    }
}
