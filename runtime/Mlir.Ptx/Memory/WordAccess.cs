using System.Numerics;
using Mlir.Ptx.Execution;

namespace Mlir.Ptx.Memory;

/// <summary>
/// Who last wrote a word of four bytes, and who read it since. Two accesses race where they touch a byte in common, come from
/// different threads, one of them writes, they are not both atomic or volatile, and no barrier orders them.
/// </summary>
internal struct WordAccess
{
    private int writeTime;
    private int writeLine;
    private int writeBlock;
    private int readTime;
    private int readLine;
    private int readBlock;
    private uint readWarps;
    private ulong readThreads; // sixteen bits for each byte of the word
    private ushort writeThread;
    private byte writeBytes;
    private byte readBytes;
    private bool isWriteStrong;
    private bool isReadStrong;

    /// <summary>What other threads did to the same bytes, with no barrier in between.</summary>
    /// <param name="IsWrite">Whether they wrote.</param>
    /// <param name="Thread">Who it was; -1 for several.</param>
    /// <param name="Block">The block's number, from one; -1 for several.</param>
    /// <param name="Line">Where.</param>
    /// <param name="Warps">Their warps, a bit each.</param>
    /// <param name="Time">When, the last of them.</param>
    public readonly record struct Conflict(bool IsWrite, int Thread, int Block, int Line, uint Warps, int Time);

    private const ushort Several = ushort.MaxValue;

    // The place of each byte's thread, for each set of bytes.
    private static readonly ulong[] Places =
    [
        .. Enumerable
            .Range(0, 16)
            .Select(static bytes =>
                Enumerable
                    .Range(0, 4)
                    .Aggregate(0UL, (places, b) => places | ((bytes >> b & 1) != 0 ? (ulong)Several << (16 * b) : 0))
            ),
    ];

    /// <summary>Whether an access is atomic or volatile, so that it does not race with its like.</summary>
    public static bool IsStrong(AccessKind kind) => (kind & (AccessKind.Strong | AccessKind.Exchange)) != 0;

    /// <summary>Takes note of an access, and finds one that it races with.</summary>
    /// <param name="bytes">The bytes of the word that it touches, a bit each.</param>
    /// <param name="warp">Who accesses.</param>
    /// <param name="lane">The lane of the warp.</param>
    /// <param name="kind">What it does.</param>
    /// <param name="block">The block's number, from one.</param>
    /// <param name="isShared">Whether other blocks have a word of their own here.</param>
    public Conflict? Record(byte bytes, Warp warp, int lane, AccessKind kind, int block, bool isShared)
    {
        if (isShared)
        {
            Forget(block);
        }

        var thread = (warp.Index * 32) + lane;
        var isStrong = IsStrong(kind);
        Conflict? conflict = null;
        if (
            (writeBytes & bytes) != 0
            && !(isStrong && isWriteStrong)
            && !(writeBlock == block && writeThread == thread)
            && !(writeBlock == block && warp.Clock.Knows(writeThread >> 5, writeTime))
        )
        {
            conflict = new(true, writeThread, writeBlock, writeLine, 1u << (writeThread >> 5), writeTime);
        }

        var areReadsBefore = readBlock == block && warp.Clock.KnowsAll(readWarps, readTime);
        var others = (readThreads ^ ((ulong)thread * 0x0001_0001_0001_0001)) & Places[readBytes & bytes];
        var isOnlyReader = readBlock == block && others == 0;
        if ((kind & AccessKind.Write) != 0)
        {
            if ((readBytes & bytes) != 0 && !(isStrong && isReadStrong) && !isOnlyReader && !areReadsBefore)
            {
                conflict ??= new(false, ReaderOf(readBytes & bytes), readBlock, readLine, readWarps, readTime);
            }

            Write(bytes, warp, thread, isStrong, block, areReadsBefore);
        }
        else
        {
            // Readers in other blocks of other bytes are forgotten: a race may be missed there, and none is made up.
            var isNews = readBytes == 0 || (readBlock != block && (readBytes & bytes) == 0);
            Read(bytes, warp, thread, isStrong, block, areReadsBefore || isNews);
        }

        return conflict;
    }

    /// <summary>The latest write, where no fence for asynchronous units lies between it and what this warp starts.</summary>
    public readonly Conflict? Unfenced(Warp warp, int block) =>
        writeBytes != 0 && writeBlock == block && !warp.Clock.IsFencedAsync(writeThread >> 5, writeTime)
            ? new(true, writeThread, writeBlock, writeLine, 1u << (writeThread >> 5), writeTime)
            : null;

    private void Write(byte bytes, Warp warp, int thread, bool isStrong, int block, bool areReadsBefore)
    {
        var isSame = writeBlock == block && writeThread == thread && writeTime == warp.Clock.Now;
        writeBytes = isSame ? (byte)(writeBytes | bytes) : bytes;
        isWriteStrong = isStrong && (!isSame || isWriteStrong);
        (writeBlock, writeThread, writeTime, writeLine) = (block, (ushort)thread, warp.Clock.Now, warp.Line);
        if (areReadsBefore)
        {
            readBytes = 0;
        }
    }

    private void Read(byte bytes, Warp warp, int thread, bool isStrong, int block, bool isFirst)
    {
        readLine = warp.Line;
        var known = isFirst ? 0 : readBytes & bytes;
        for (var b = 0; b < 4; b++)
        {
            if ((bytes >> b & 1) != 0)
            {
                var isAnother = (known >> b & 1) != 0 && (ushort)(readThreads >> (16 * b)) != thread;
                var place = (ulong)Several << (16 * b);
                readThreads = (readThreads & ~place) | ((isAnother ? Several : (ulong)thread) << (16 * b));
            }
        }

        if (isFirst)
        {
            (readBlock, readTime) = (block, warp.Clock.Now);
            (readBytes, readWarps, isReadStrong) = (bytes, 1u << warp.Index, isStrong);
            return;
        }

        // Several readers: what is kept of them is enough to see that a write is not behind all of them.
        readBlock = readBlock == block ? block : -1;
        readTime = Math.Max(readTime, warp.Clock.Now);
        readBytes |= bytes;
        readWarps |= 1u << warp.Index;
        isReadStrong &= isStrong;
    }

    /// <summary>Who read these bytes; -1 for several.</summary>
    private readonly int ReaderOf(int bytes)
    {
        var first = (ushort)(readThreads >> (16 * BitOperations.TrailingZeroCount(bytes)));
        var isOne = ((readThreads ^ (first * 0x0001_0001_0001_0001UL)) & Places[bytes]) == 0;
        return isOne && first != Several ? first : -1;
    }

    // What another block did to its own shared memory is no news to this one.
    private void Forget(int block)
    {
        if (writeBlock != block)
        {
            writeBytes = 0;
        }

        if (readBlock != block)
        {
            readBytes = 0;
            readBlock = block;
            readWarps = 0;
        }
    }
}
