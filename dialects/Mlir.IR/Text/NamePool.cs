namespace Mlir.IR.Text;

/// <summary>One string object for each distinct name of a text.</summary>
internal sealed class NamePool
{
    private readonly HashSet<string> _names;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public NamePool()
    {
        _names = new HashSet<string>(StringComparer.Ordinal);
        _bySpan = _names.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string Get(ReadOnlySpan<char> name)
    {
        if (_bySpan.TryGetValue(name, out var known))
        {
            return known;
        }

        var text = name.ToString();
        _names.Add(text);
        return text;
    }
}
