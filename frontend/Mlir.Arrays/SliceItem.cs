using System.Globalization;

namespace Mlir.Arrays;

/// <summary>One item of a subscript as NumPy writes it: an index, a range, a new axis, or the axes that are not named.</summary>
internal abstract record SliceItem
{
    /// <summary><c>3</c> or <c>-1</c>: the axis disappears.</summary>
    public sealed record At(int Index) : SliceItem;

    /// <summary><c>1:-1</c> or <c>::2</c>.</summary>
    public sealed record Part(SliceRange Range) : SliceItem;

    /// <summary><c>newaxis</c>: a dimension of size 1.</summary>
    public sealed record New : SliceItem;

    private sealed record Rest : SliceItem;

    /// <summary>Reads <c>"1:-1, ::2"</c>; axes that are not named stay whole.</summary>
    /// <param name="text">The subscript.</param>
    /// <param name="rank">The number of axes.</param>
    /// <exception cref="ArgumentException">The text is no subscript, or there are more items than axes.</exception>
    public static SliceItem[] Parse(string text, int rank)
    {
        ArgumentNullException.ThrowIfNull(text);
        var items = text.Split(',').Select(t => ParseItem(t.Trim())).ToList();
        var named = items.Count(i => i is At or Part);
        var rest = items.FindIndex(i => i is Rest);
        if (named > rank || items.Count(i => i is Rest) > 1)
        {
            throw new ArgumentException($"'{text}' has too many items for {rank} dimensions", nameof(text));
        }

        var whole = Enumerable.Repeat<SliceItem>(new Part(new SliceRange(null, null, 1)), rank - named);
        if (rest < 0)
        {
            items.AddRange(whole);
        }
        else
        {
            items.RemoveAt(rest);
            items.InsertRange(rest, whole);
        }

        return [.. items];
    }

    private static SliceItem ParseItem(string item)
    {
        if (item == "...")
        {
            return new Rest();
        }

        if (item is "newaxis" or "None")
        {
            return new New();
        }

        var parts = item.Split(':');
        int? Number(int i) =>
            i >= parts.Length || (parts[i].Trim().Length == 0 && parts.Length > 1) ? null
            : int.TryParse(
                parts[i],
                NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out var n
            )
                ? n
            : throw new ArgumentException($"'{item}' is neither an index nor a range");
        return parts.Length switch
        {
            1 => new At(Number(0)!.Value),
            <= 3 when Number(2) is not 0 => new Part(new SliceRange(Number(0), Number(1), Number(2) ?? 1)),
            _ => throw new ArgumentException($"'{item}' is neither an index nor a range"),
        };
    }
}
