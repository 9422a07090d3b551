using Google.Protobuf.Collections;

namespace Mlir.Remote.Protocol;

/// <summary>Checks shapes that come from the wire.</summary>
internal static class ArrayShape
{
    /// <summary>The most dimensions that an array may have.</summary>
    public const int MaxRank = 32;

    private const long MaxReach = 1L << 56;

    /// <summary>The bytes of a dense array, computed without overflow.</summary>
    /// <param name="element">The kind of element.</param>
    /// <param name="shape">The sizes.</param>
    /// <exception cref="ProtocolException">A size is negative, the rank too high, or the array could lie in no memory.</exception>
    public static long Bytes(ScalarKind element, RepeatedField<long> shape)
    {
        if (shape.Count > MaxRank)
        {
            throw Invalid($"an array has at most {MaxRank} dimensions, not {shape.Count}");
        }

        // Compiled code computes offsets from the sizes also where one of them is zero: none may overflow on the way.
        Int128 reach = Math.Max(element.Size, sizeof(long));
        var empty = false;
        foreach (var size in shape)
        {
            if (size < 0)
            {
                throw Invalid($"a size cannot be negative: {size}");
            }

            empty |= size == 0;
            reach *= Math.Max(size, 1);
            if (reach > MaxReach)
            {
                throw Invalid($"an array of [{string.Join(", ", shape)}] does not fit into memory");
            }
        }

        var count = empty ? 0 : (long)(reach / Math.Max(element.Size, sizeof(long)));
        return count * element.Size;
    }

    private static ProtocolException Invalid(string message) => new(ErrorCode.InvalidRequest, message);
}
