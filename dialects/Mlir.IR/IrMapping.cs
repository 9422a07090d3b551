namespace Mlir.IR;

/// <summary>Which value and which block of a copy stands for which of the original.</summary>
public sealed class IrMapping
{
    private readonly Dictionary<Value, Value> _values = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Block, Block> _blocks = new(ReferenceEqualityComparer.Instance);

    /// <summary>What stands for <paramref name="original"/>; itself when nothing was mapped.</summary>
    public Value this[Value original]
    {
        get => _values.GetValueOrDefault(original, original);
        set => _values[original] = value;
    }

    /// <summary>Makes <paramref name="copy"/> stand for <paramref name="original"/>.</summary>
    public void Map(Value original, Value copy) => _values[original] = copy;

    /// <summary>Makes <paramref name="copy"/> stand for <paramref name="original"/>.</summary>
    public void Map(Block original, Block copy) => _blocks[original] = copy;

    /// <summary>What stands for <paramref name="block"/>; itself when nothing was mapped.</summary>
    public Block Get(Block block) => _blocks.GetValueOrDefault(block, block);

    /// <summary>Whether something stands for <paramref name="value"/>.</summary>
    public bool Contains(Value value) => _values.ContainsKey(value);
}
