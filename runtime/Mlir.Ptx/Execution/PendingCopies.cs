using Mlir.Ptx.Memory;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Execution;

/// <summary>
/// What a warp's threads copy behind their back. The bytes arrive when the thread waits for them and not before, so that a
/// wait that is missing shows.
/// </summary>
internal sealed unsafe class PendingCopies
{
    private readonly List<Copy>[] copies = new List<Copy>[32];
    private readonly int[] groups = new int[32];

    private readonly record struct Copy(int Group, ulong To, StateSpace ToSpace, ulong From, int Bytes, int Given);

    /// <summary>Begins a copy: of <paramref name="bytes"/> the first ones are given, and zeros follow.</summary>
    public void Begin(Warp warp, int lane, ulong to, StateSpace toSpace, ulong from, int bytes, int given)
    {
        (copies[lane] ??= []).Add(new(groups[lane], to, toSpace, from, bytes, given));
        if ((from & (uint)(bytes - 1)) != 0)
        {
            throw warp.Fault(
                PtxFault.Misaligned,
                1u << lane,
                $"a copy of {bytes} bytes from 0x{from:x}, which is no multiple of {bytes}"
            );
        }

        if (given > 0)
        {
            _ = warp.Find(StateSpace.Global, from, given, lane, AccessKind.Read);
        }
    }

    /// <summary>Ends a group of copies.</summary>
    public void Commit(int lane) => groups[lane]++;

    /// <summary>Waits until so many of the latest groups at most are under way; a negative number waits for everything.</summary>
    public void Wait(Warp warp, int lane, int left)
    {
        if (copies[lane] is not { Count: > 0 } mine)
        {
            return;
        }

        var end = left < 0 ? int.MaxValue : groups[lane] - left;
        foreach (var copy in mine)
        {
            if (copy.Group >= end)
            {
                continue;
            }

            var to = warp.Resolve(copy.ToSpace, copy.To, copy.Bytes, lane, AccessKind.Write);
            var target = new Span<byte>(to, copy.Bytes);
            if (copy.Given > 0)
            {
                new Span<byte>(
                    warp.Find(StateSpace.Global, copy.From, copy.Given, lane, AccessKind.Read),
                    copy.Given
                ).CopyTo(target);
            }

            target[copy.Given..].Clear();
        }

        _ = mine.RemoveAll(copy => copy.Group < end);
    }

    public void Reset()
    {
        foreach (var mine in copies)
        {
            mine?.Clear();
        }

        Array.Clear(groups);
    }
}
