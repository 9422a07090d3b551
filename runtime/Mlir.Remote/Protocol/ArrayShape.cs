using Google.Protobuf.Collections;

namespace Mlir.Remote.Protocol;

/// <summary>Checks shapes that come from the wire.</summary>
internal static class ArrayShape
{
    /// <summary>The most dimensions that an array may have.</summary>
    public const int MaxRank = 32;

    /// <summary>The bytes of a dense array, computed without overflow.</summary>
    /// <param name="element">The kind of element.</param>
    /// <param name="shape">The sizes.</param>
    /// <exception cref="ProtocolException">A size is negative, the rank too high, or the product overflows.</exception>
    public static long Bytes(ScalarKind element, RepeatedField<long> shape)
    {
        if (shape.Count > MaxRank)
        {
            throw Invalid($"an array has at most {MaxRank} dimensions, not {shape.Count}");
        }

        Int128 bytes = element.Size;
        var empty = false;
        foreach (var size in shape)
        {
            if (size < 0)
            {
                throw Invalid($"a size cannot be negative: {size}");
            }

            empty |= size == 0;
            bytes = bytes <= long.MaxValue ? bytes * size : bytes;
        }

        return empty ? 0
            : bytes <= long.MaxValue ? (long)bytes
            : throw Invalid($"an array of [{string.Join(", ", shape)}] does not fit into memory");
    }

    private static ProtocolException Invalid(string message) => new(ErrorCode.InvalidRequest, message);
}
