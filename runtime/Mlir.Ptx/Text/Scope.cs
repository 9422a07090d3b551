using System.Globalization;

namespace Mlir.Ptx.Text;

/// <summary>The names declared between two braces.</summary>
internal sealed class Scope(Scope? parent)
{
    private readonly Dictionary<string, object> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (PtxType Type, int Count)> ranges = new(StringComparer.Ordinal);

    public Scope? Parent => parent;

    public bool TryAdd(string name, object what) => names.TryAdd(name, what);

    public bool TryAddRange(string prefix, PtxType type, int count) => ranges.TryAdd(prefix, (type, count));

    public object? Find(string name)
    {
        for (var at = this; at is not null; at = at.Parent)
        {
            if (at.names.TryGetValue(name, out var found) || at.FindInRange(name, out found))
            {
                return found;
            }
        }

        return null;
    }

    // Registers declared as %r<20> come into being when they are first named.
    private bool FindInRange(string name, out object? found)
    {
        found = null;
        var end = name.AsSpan().TrimEnd("0123456789").Length;
        var digits = name.AsSpan(end);
        if (
            digits.Length is 0 or > 10
            || (digits.Length > 1 && digits[0] == '0')
            || !ranges.TryGetValue(name[..end], out var range)
            || long.Parse(digits, CultureInfo.InvariantCulture) >= range.Count
        )
        {
            return false;
        }

        found = names[name] = new Register(name, range.Type);
        return true;
    }
}
