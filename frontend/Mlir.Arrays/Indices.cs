namespace Mlir.Arrays;

/// <summary>Indices as NumPy counts them: from 0, or from the end with negative numbers.</summary>
internal static class Indices
{
    /// <summary>The index from 0 in an axis of <paramref name="length"/> elements.</summary>
    /// <exception cref="IndexOutOfRangeException">It lies outside.</exception>
    public static nint Check(long index, nint length) =>
        index >= -length && index < length
            ? (nint)(index < 0 ? index + length : index)
            : throw new IndexOutOfRangeException("Index was outside the bounds of the array.");
}
