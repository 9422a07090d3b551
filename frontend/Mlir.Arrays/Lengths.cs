namespace Mlir.Arrays;

/// <summary>Sizes that callers give.</summary>
internal static class Lengths
{
    /// <summary>Checks that none is negative.</summary>
    public static nint[] Of(int[] lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        return lengths.Length > 0 && lengths.All(l => l >= 0)
            ? [.. lengths.Select(l => (nint)l)]
            : throw new ArgumentException("sizes must not be negative, and there must be one", nameof(lengths));
    }

    /// <summary>Sizes for <paramref name="count"/> elements; one may be −1 and follows from the others.</summary>
    public static nint[] Resolve(nint count, int[] lengths)
    {
        var open = Array.IndexOf(lengths, -1);
        nint known = 1;
        for (var i = 0; i < lengths.Length; i++)
        {
            known =
                i == open ? known
                : lengths[i] >= 0 ? checked(known * lengths[i])
                : throw new ArgumentException("only one size may be -1", nameof(lengths));
        }

        if (open >= 0 ? known == 0 || count % known != 0 : known != count || lengths.Length == 0)
        {
            throw new ArgumentException("The number of elements does not fit the sizes.", nameof(lengths));
        }

        return [.. lengths.Select(l => l < 0 ? count / known : l)];
    }
}
