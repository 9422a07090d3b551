using System.Reflection;

namespace Mlir.IR;

/// <summary>The keywords of an enumeration that appears in IR text, read once from its <see cref="KeywordAttribute"/>s.</summary>
/// <typeparam name="T">The enumeration; <see cref="FlagsAttribute"/> ones print as a comma-separated list.</typeparam>
public static class EnumKeywords<T>
    where T : struct, Enum
{
    private static readonly bool IsFlags = typeof(T).IsDefined(typeof(FlagsAttribute));

    private static readonly (T Value, string Keyword)[] Cases =
    [
        .. Enum.GetValues<T>()
            .Select(v => (v, typeof(T).GetField(v.ToString())!.GetCustomAttribute<KeywordAttribute>()!.Text)),
    ];

    /// <summary>What stands before the <c>&lt;</c> in the attribute form, for example <c>#arith.fastmath</c>.</summary>
    public static string Prefix { get; } =
        typeof(T).GetCustomAttribute<KeywordAttribute>()?.Text ?? "#" + typeof(T).Name;

    /// <summary>The keywords, in order of declaration.</summary>
    public static IEnumerable<string> Keywords => Cases.Select(c => c.Keyword);

    /// <summary>The keyword of <paramref name="value"/>; a list for combined flags.</summary>
    public static string ToText(T value)
    {
        foreach (var (known, keyword) in Cases)
        {
            if (EqualityComparer<T>.Default.Equals(known, value))
            {
                return keyword;
            }
        }

        var bits = Convert.ToInt64(value);
        var parts = Cases.Where(c =>
            IsFlags && Convert.ToInt64(c.Value) is var b && b != 0 && (b & (b - 1)) == 0 && (bits & b) == b
        );
        return string.Join(", ", parts.Select(c => c.Keyword));
    }

    /// <summary>The case that <paramref name="keyword"/> names.</summary>
    public static bool TryParse(string keyword, out T value)
    {
        foreach (var (known, text) in Cases)
        {
            if (text == keyword)
            {
                value = known;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Whether several cases may be combined.</summary>
    public static bool AllowsSeveral => IsFlags;

    /// <summary>The combination of both flags.</summary>
    public static T Combine(T left, T right) =>
        (T)Enum.ToObject(typeof(T), Convert.ToInt64(left) | Convert.ToInt64(right));
}
