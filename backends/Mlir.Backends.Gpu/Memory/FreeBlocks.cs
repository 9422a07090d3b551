namespace Mlir.Backends.Gpu.Memory;

/// <summary>Blocks that nobody uses, by size; what was freed last is taken first.</summary>
internal sealed class FreeBlocks
{
    // A large block may serve a request that is smaller by up to this part.
    private const double Waste = 0.25;

    private readonly SortedList<long, Stack<DeviceBlock>> bySize = [];

    public IEnumerable<DeviceBlock> All => bySize.Values.SelectMany(static blocks => blocks);

    public void Add(DeviceBlock block)
    {
        if (!bySize.TryGetValue(block.Bytes, out var blocks))
        {
            bySize.Add(block.Bytes, blocks = new Stack<DeviceBlock>());
        }

        blocks.Push(block);
    }

    /// <summary>A block of this size, or of not much more where it is large; null when there is none.</summary>
    public DeviceBlock? Take(long bytes)
    {
        if (bySize.TryGetValue(bytes, out var exact) && exact.TryPop(out var block))
        {
            return block;
        }

        if (bytes <= SizeClasses.LargestSmall)
        {
            return null;
        }

        foreach (var (size, blocks) in bySize)
        {
            if (size > bytes && size <= bytes + (long)(bytes * Waste) && blocks.TryPop(out block))
            {
                return block;
            }
        }

        return null;
    }

    /// <summary>Takes out every block that is chosen.</summary>
    public void Remove(Predicate<DeviceBlock> isChosen)
    {
        foreach (var size in bySize.Keys.ToArray())
        {
            var kept = bySize[size].Where(block => !isChosen(block)).Reverse().ToArray();
            if (kept.Length == 0)
            {
                bySize.Remove(size);
            }
            else
            {
                bySize[size] = new Stack<DeviceBlock>(kept);
            }
        }
    }
}
