using System.Collections;
using System.Globalization;

namespace Mlir.Dataflow;

/// <summary>Writes values for messages, long ones cut.</summary>
internal static class ValueText
{
    private const int MostItems = 16;
    private const int MostCharacters = 200;

    public static string Of(object? value)
    {
        var text = value switch
        {
            null => "null",
            string s => $"\"{s}\"",
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable items => Items(items),
            _ => value.ToString() ?? "",
        };
        return text.Length <= MostCharacters ? text : text[..(MostCharacters - 1)] + "…";
    }

    private static string Items(IEnumerable items)
    {
        var shown = new List<string>();
        foreach (var item in items)
        {
            if (shown.Count == MostItems)
            {
                shown.Add("…");
                break;
            }

            shown.Add(Of(item));
        }

        return $"[{string.Join(", ", shown)}]";
    }
}
