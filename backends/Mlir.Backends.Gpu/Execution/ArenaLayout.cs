namespace Mlir.Backends.Gpu.Execution;

/// <summary>Places in a piece of memory that are taken and given back: each goes where it first fits. Deterministic.</summary>
internal sealed class ArenaLayout
{
    /// <summary>Every place begins at a multiple of this.</summary>
    public const long Alignment = 256;

    // What is free, by its beginning; the last piece is open-ended.
    private readonly SortedList<long, long> free = [];
    private readonly Dictionary<long, long> taken = [];

    public ArenaLayout() => Reset(long.MaxValue);

    /// <summary>The end of the furthest place that was ever taken.</summary>
    public long HighWater { get; private set; }

    /// <summary>The sizes of all places that are taken now.</summary>
    public long InUse { get; private set; }

    /// <summary>Starts anew with everything free.</summary>
    /// <param name="capacity">How much there is.</param>
    public void Reset(long capacity)
    {
        free.Clear();
        taken.Clear();
        free.Add(0, capacity);
        (HighWater, InUse) = (0, 0);
    }

    /// <summary>Takes a place.</summary>
    /// <param name="bytes">Its size.</param>
    /// <returns>Its beginning; -1 where there is no room.</returns>
    public long Take(long bytes)
    {
        var size =
            bytes > long.MaxValue - Alignment
                ? long.MaxValue
                : Math.Max(1, (bytes + Alignment - 1) / Alignment) * Alignment;
        for (var i = 0; i < free.Count; i++)
        {
            var (start, length) = (free.GetKeyAtIndex(i), free.GetValueAtIndex(i));
            if (length < size)
            {
                continue;
            }

            free.RemoveAt(i);
            if (length > size)
            {
                free.Add(start + size, length - size);
            }

            taken.Add(start, size);
            InUse += size;
            HighWater = Math.Max(HighWater, start + size);
            return start;
        }

        return -1;
    }

    /// <summary>Gives a place back.</summary>
    /// <returns>False when it is none.</returns>
    public bool Give(long start)
    {
        if (!taken.Remove(start, out var size))
        {
            return false;
        }

        InUse -= size;
        if (free.Remove(start + size, out var after))
        {
            size += after;
        }

        var before = free.Keys.LastOrDefault(key => key < start, -1);
        if (before >= 0 && before + free[before] == start)
        {
            free[before] += size;
        }
        else
        {
            free.Add(start, size);
        }

        return true;
    }
}
