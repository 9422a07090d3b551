using Mlir.Ptx.Execution;

namespace Mlir.Ptx.Memory;

/// <summary>Finds races on a block's shared memory, and reads of what nobody wrote.</summary>
internal sealed class SharedAccesses(int bytes, PtxChecks checks)
{
    private readonly WordAccess[] words = (checks & PtxChecks.SharedRaces) != 0 ? new WordAccess[(bytes + 3) / 4] : [];
    private readonly bool[] isWritten = (checks & PtxChecks.UninitializedShared) != 0 ? new bool[bytes] : [];
    private int block;

    /// <summary>For the next block.</summary>
    public void Reset()
    {
        block++;
        Array.Clear(isWritten);
    }

    public void Record(long address, int count, Warp warp, int lane, AccessKind kind)
    {
        if (isWritten.Length > 0)
        {
            var touched = isWritten.AsSpan((int)address, count);
            if ((kind & AccessKind.Read) != 0 && touched.Contains(false))
            {
                throw warp.Fault(
                    PtxFault.UninitializedShared,
                    1u << lane,
                    $"a read of {count} bytes at {address} of shared memory, of which byte {address + touched.IndexOf(false)} was never written"
                );
            }

            if ((kind & AccessKind.Write) != 0)
            {
                touched.Fill(true);
            }
        }

        if (words.Length == 0)
        {
            return;
        }

        for (var at = address & ~3; at < address + count; at += 4)
        {
            var touched = WordBytes(at, address, count);
            if (words[at / 4].Record(touched, warp, lane, kind, block, isShared: true) is { } conflict)
            {
                throw warp.Fault(
                    PtxFault.SharedRace,
                    1u << lane,
                    $"a race on byte {Math.Max(at, address)} of shared memory: {Describe(conflict, warp)}, and this thread {Verb(kind)} it, with no barrier in between"
                );
            }
        }
    }

    /// <summary>A read by the units that multiply matrices, which a warp has started.</summary>
    public void RecordAsync(long address, int count, Warp warp, bool isStart)
    {
        Record(address, count, warp, lane: 0, AccessKind.Read);
        for (var at = address; isStart && words.Length > 0 && at < address + count; at += 4)
        {
            if (words[at / 4].Unfenced(warp, block) is { } write)
            {
                throw warp.Fault(
                    PtxFault.AsyncProduct,
                    1,
                    $"a matrix product reads byte {at} of shared memory: {Describe(write, warp)}, and there is no fence.proxy.async in between"
                );
            }
        }
    }

    /// <summary>The bytes of a word that an access touches, a bit each.</summary>
    public static byte WordBytes(long word, long address, int count)
    {
        var mask = 0xF;
        if (address > word)
        {
            mask &= 0xF << (int)(address - word);
        }

        var end = address + count - word;
        if (end < 4)
        {
            mask &= (1 << (int)end) - 1;
        }

        return (byte)mask;
    }

    public static string Describe(WordAccess.Conflict conflict, Warp warp)
    {
        var who = conflict.Thread < 0 ? "several threads" : $"thread {warp.Block.Launch.Size.At(conflict.Thread)}";
        return $"{who} {(conflict.IsWrite ? "wrote" : "read")} it at line {conflict.Line}";
    }

    public static string Verb(AccessKind kind) => (kind & AccessKind.Write) != 0 ? "writes" : "reads";
}
