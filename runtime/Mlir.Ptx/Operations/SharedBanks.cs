using System.Numerics;

namespace Mlir.Ptx.Operations;

/// <summary>
/// The banks of shared memory: 32, whose words of four bytes take turns. Threads that want different words of one bank wait for each other; accesses of
/// eight and sixteen bytes are made by half and by quarter warps.
/// </summary>
internal static unsafe class SharedBanks
{
    private const int Count = 32;
    private const int WordBytes = 4;

    /// <summary>The turns that a warp's access takes beyond those that it would take without conflicts.</summary>
    /// <param name="address">Where the lanes find their addresses.</param>
    /// <param name="registers">The warp's registers.</param>
    /// <param name="mask">The lanes that take part.</param>
    /// <param name="bytes">What each of them accesses.</param>
    public static int Conflicts(AddressPlace address, byte* registers, uint mask, int bytes)
    {
        var together = Math.Min(32, Count * WordBytes / bytes);
        var turns = 0;
        for (var first = 0; first < 32; first += together)
        {
            var part = mask & (uint)(((1UL << together) - 1) << first);
            turns += HasConflict(address, registers, part, bytes) ? Turns(address, registers, part, bytes) - 1 : 0;
        }

        return turns;
    }

    private static bool HasConflict(AddressPlace address, byte* registers, uint lanes, int bytes)
    {
        var held = stackalloc ulong[Count];
        uint seen = 0;
        for (; lanes != 0; lanes &= lanes - 1)
        {
            var at = address.Of(registers, BitOperations.TrailingZeroCount(lanes));
            for (var word = at / WordBytes; word * WordBytes < at + (uint)bytes; word++)
            {
                var bank = (int)(word % Count);
                if ((seen >> bank & 1) != 0 && held[bank] != word)
                {
                    return true;
                }

                seen |= 1u << bank;
                held[bank] = word;
            }
        }

        return false;
    }

    /// <summary>The most words that one bank is asked for.</summary>
    private static int Turns(AddressPlace address, byte* registers, uint lanes, int bytes)
    {
        Span<ulong> words = stackalloc ulong[2 * Count];
        Span<byte> turns = stackalloc byte[Count];
        turns.Clear();
        var (found, most) = (0, 0);
        for (; lanes != 0; lanes &= lanes - 1)
        {
            var at = address.Of(registers, BitOperations.TrailingZeroCount(lanes));
            for (var word = at / WordBytes; word * WordBytes < at + (uint)bytes; word++)
            {
                if (!words[..found].Contains(word))
                {
                    words[found++] = word;
                    most = Math.Max(most, ++turns[(int)(word % Count)]);
                }
            }
        }

        return most;
    }
}
