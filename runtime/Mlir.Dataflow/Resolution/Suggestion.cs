namespace Mlir.Dataflow;

/// <summary>Finds what a mistyped name was probably meant to be.</summary>
internal static class Suggestion
{
    /// <summary><c>; did you mean …?</c>, or nothing when no name is near.</summary>
    public static string For(string name, IEnumerable<string> names)
    {
        var (best, distance) = ("", int.MaxValue);
        foreach (var candidate in names.OrderBy(n => n, StringComparer.Ordinal))
        {
            var d = Distance(name, candidate);
            if (d < distance)
            {
                (best, distance) = (candidate, d);
            }
        }

        return distance <= Math.Max(1, name.Length / 3) ? $"; did you mean {best}?" : "";
    }

    // The number of characters to insert, leave out or replace.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
