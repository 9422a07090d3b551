using System.Globalization;

namespace Mlir.Backends.Cpu;

/// <summary>The cache that all cores share: results that are larger are written around it.</summary>
internal static class LastLevelCache
{
    /// <summary>What is assumed where the system does not say.</summary>
    public const long Usual = 32L << 20;

    /// <summary>Its size in bytes on this machine.</summary>
    public static long Bytes { get; } = Read();

    private static long Read()
    {
        try
        {
            var largest = 0L;
            for (var index = 0; index < 8; index++)
            {
                var file = $"/sys/devices/system/cpu/cpu0/cache/index{index}/size";
                if (!File.Exists(file))
                {
                    break;
                }

                largest = Math.Max(largest, Parse(File.ReadAllText(file).Trim()));
            }

            return largest > 0 ? largest : Usual;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Usual;
        }
    }

    private static long Parse(string text) =>
        text.Length > 1
        && long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && text[^1] is 'K' or 'M'
            ? count << (text[^1] == 'K' ? 10 : 20)
            : 0;
}
