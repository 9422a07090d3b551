using System.Globalization;

namespace Mlir.Backends.Cpu;

/// <summary>The caches of this machine, as the system tells; what is usual where it does not.</summary>
internal static class CacheSizes
{
    /// <summary>What is assumed of the cache that all cores share.</summary>
    public const long UsualLast = 32L << 20;

    /// <summary>What is assumed of the cache that a core has for itself.</summary>
    public const long UsualSecond = 1L << 20;

    /// <summary>The bytes of the cache that all cores share: loops that go through more than half of it write their results around it.</summary>
    public static long Last { get; } = Sizes().DefaultIfEmpty(UsualLast).Max();

    /// <summary>The bytes of the second cache of a core: what is packed for it stays below.</summary>
    public static long Second { get; } = Sizes(level: 2).DefaultIfEmpty(UsualSecond).Max();

    private static List<long> Sizes(int? level = null)
    {
        var sizes = new List<long>();
        try
        {
            for (var index = 0; index < 8; index++)
            {
                var folder = $"/sys/devices/system/cpu/cpu0/cache/index{index}";
                if (!File.Exists($"{folder}/size"))
                {
                    break;
                }

                if (level is null || File.ReadAllText($"{folder}/level").Trim() == $"{level}")
                {
                    sizes.Add(Parse(File.ReadAllText($"{folder}/size").Trim()));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was read counts.
        }

        sizes.RemoveAll(s => s == 0);
        return sizes;
    }

    private static long Parse(string text) =>
        text.Length > 1
        && long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && text[^1] is 'K' or 'M'
            ? count << (text[^1] == 'K' ? 10 : 20)
            : 0;
}
