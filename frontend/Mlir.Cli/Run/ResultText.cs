using System.Globalization;
using Mlir.Runtime;

namespace Mlir.Cli.Run;

/// <summary>Results as text, for those that no <c>-o</c> sends to a file.</summary>
internal static class ResultText
{
    private const int MaxElements = 1000;
    private const int Edge = 3;

    /// <summary>A number as it reads back, or an array as NumPy prints it, shortened above a thousand elements.</summary>
    public static string Format(object result) =>
        result is HostBuffer array ? $"{array}\n{FormatArray(array, 0, 0, array.Count)}" : FormatScalar(result);

    private static string FormatScalar(object value) =>
        value switch
        {
            bool b => b ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    /// <summary>The sub-array of <paramref name="count"/> elements at <paramref name="offset"/>, whose first index is <paramref name="depth"/>.</summary>
    private static string FormatArray(HostBuffer array, int depth, int offset, int count)
    {
        if (depth == array.Shape.Length)
        {
            return FormatScalar(array.Data.GetValue(offset)!);
        }

        var size = (int)array.Shape[depth];
        var inner = size == 0 ? 0 : count / size;
        var brief = array.Count > MaxElements && size > 2 * Edge;
        var items = new List<string>();
        for (var i = 0; i < size; i++)
        {
            if (brief && i == Edge)
            {
                items.Add("…");
                i = size - Edge;
            }

            items.Add(FormatArray(array, depth + 1, offset + (i * inner), inner));
        }

        var separator = depth == array.Shape.Length - 1 ? ", " : ",\n" + new string(' ', depth + 1);
        return $"[{string.Join(separator, items)}]";
    }
}
