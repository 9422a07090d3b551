namespace Mlir.Ptx.Memory;

/// <summary>Where a factor of a matrix product lies in shared memory, as a descriptor of 64 bits says.</summary>
/// <remarks>
/// After PTX ISA 9.0, section 9.7.15.5.1.2, "Shared Memory Matrix Layout": units of 16 bytes, eight of which make a core matrix; the two byte offsets lead
/// from one group of core matrices to the next. Swizzled, the three bits above the lowest seven of an address (two, one) are added to the unit's number.
/// </remarks>
/// <param name="Start">Where it begins.</param>
/// <param name="Leading">The leading dimension's byte offset.</param>
/// <param name="Stride">The stride dimension's byte offset.</param>
/// <param name="Base">In which line of 128 bytes the pattern begins.</param>
/// <param name="SwizzleBytes">The bytes of a line of the pattern; 16 for none.</param>
internal readonly record struct MatrixDescriptor(int Start, int Leading, int Stride, int Base, int SwizzleBytes)
{
    /// <summary>The bytes that are read together.</summary>
    public const int UnitBytes = 16;

    private const ulong Field = 0x3FFF;
    private const ulong Used = Field | (Field << 16) | (Field << 32) | (7UL << 49) | (3UL << 62);

    /// <summary>Reads a descriptor; null where bits are set that mean nothing.</summary>
    public static MatrixDescriptor? Read(ulong bits) =>
        (bits & ~Used) != 0
            ? null
            : new(
                (int)(bits & Field) * UnitBytes,
                (int)(bits >> 16 & Field) * UnitBytes,
                (int)(bits >> 32 & Field) * UnitBytes,
                (int)(bits >> 49 & 7),
                (bits >> 62) switch
                {
                    0 => UnitBytes,
                    1 => 128,
                    2 => 64,
                    _ => 32,
                }
            );

    /// <summary>The address of a unit whose elements follow each other in depth.</summary>
    /// <param name="line">The row of the left factor or the column of the right one.</param>
    /// <param name="unit">The unit's number in depth.</param>
    public int AlongDepth(int line, int unit)
    {
        var step = SwizzleBytes == UnitBytes ? Leading : UnitBytes;
        return Swizzled(Start + (line % 8 * SwizzleBytes) + (line / 8 * Stride) + (unit * step));
    }

    /// <summary>The address of a unit whose elements are neighbouring lines.</summary>
    /// <param name="unit">The unit's number among the lines.</param>
    /// <param name="depth">The place in depth.</param>
    public int AlongLines(int unit, int depth)
    {
        var units = SwizzleBytes / UnitBytes;
        var (group, next) = SwizzleBytes == UnitBytes ? (Stride, Leading) : (Leading, Stride);
        return Swizzled(
            Start
                + (unit % units * UnitBytes)
                + (unit / units * group)
                + (depth % 8 * SwizzleBytes)
                + (depth / 8 * next)
        );
    }

    private int Swizzled(int address) =>
        address ^ ((((address >> 7) - Base) & ((SwizzleBytes / UnitBytes) - 1)) * UnitBytes);
}
