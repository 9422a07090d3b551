using System.Globalization;
using System.Text;

namespace Mlir.Dataflow.Pictures;

/// <summary>Names from a user's program as text that may stand in a picture.</summary>
internal static class LabelText
{
    /// <summary>The size of the letters, in pixels.</summary>
    public const double FontSize = 13;

    /// <summary>The distance from line to line, in pixels.</summary>
    public const double LineHeight = 17;

    /// <summary>
    /// One line without anything that a document cannot hold or that changes how the text around it reads: control characters become their symbols,
    /// half surrogates and marks of direction the replacement character.
    /// </summary>
    public static string Clean(string text)
    {
        var at = 0;
        while (at < text.Length && text[at] is >= ' ' and < '\x7f')
        {
            at++;
        }

        if (at == text.Length)
        {
            return text;
        }

        var clean = new StringBuilder(text, 0, at, text.Length);
        foreach (var rune in text.AsSpan(at).EnumerateRunes()) // gives the replacement character for a half surrogate
        {
            switch (rune.Value)
            {
                case < ' ':
                    clean.Append((char)('\u2400' + rune.Value));
                    break;
                case '\x7f':
                    clean.Append('\u2421');
                    break;
                case >= 0x80 and < 0xa0:
                case 0x061c or 0x200e or 0x200f or (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069):
                case 0x2028 or 0x2029 or 0xfffe or 0xffff:
                    clean.Append('\ufffd');
                    break;
                default:
                    clean.Append(rune.ToString());
                    break;
            }
        }

        return clean.ToString();
    }

    /// <summary>At most <paramref name="length"/> characters of a clean text: the middle is left out, since names differ at their ends.</summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var (head, tail) = (length / 2, text.Length - (length - 1 - (length / 2)));
        head -= char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail += char.IsLowSurrogate(text[tail]) ? 1 : 0;
        return string.Concat(text.AsSpan(0, head), "…", text.AsSpan(tail));
    }

    /// <summary>
    /// The width of a line in pixels. Nobody knows which font the reader has; the widths are those of a wide one, so that a label has room in each.
    /// </summary>
    public static double Measure(LabelLine line)
    {
        var width = 0.0;
        foreach (var rune in line.Text.EnumerateRunes())
        {
            width += WidthOf(rune);
        }

        return width * FontSize * (line.Weight == LineWeight.Strong ? 1.1 : 1);
    }

    /// <summary>A time as people read it: three digits and a unit.</summary>
    public static string Time(TimeSpan time) =>
        time.TotalSeconds >= 1 ? Number(time.TotalSeconds) + " s"
        : time.TotalMilliseconds >= 1 ? Number(time.TotalMilliseconds) + " ms"
        : Number(time.TotalMicroseconds) + " µs";

    /// <summary>A size as people read it.</summary>
    public static string Size(long bytes) =>
        bytes switch
        {
            < 1000 => bytes.ToString(CultureInfo.InvariantCulture) + " B",
            < 1_000_000 => Number(bytes / 1e3) + " kB",
            < 1_000_000_000 => Number(bytes / 1e6) + " MB",
            _ => Number(bytes / 1e9) + " GB",
        };

    /// <summary>A whole number with its thousands apart.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double value) =>
        value.ToString(
            value >= 100 ? "N0"
                : value >= 10 ? "0.#"
                : "0.##",
            CultureInfo.InvariantCulture
        );

    private static double WidthOf(Rune rune) =>
        rune.Value switch
        {
            'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or ' ' => 0.34,
            'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '/' or '\\' or '-' => 0.41,
            'm' or 'M' or 'W' or '@' or '%' or '…' => 1.0,
            'w' or '<' or '>' or '=' or '+' or '&' or '#' or '~' or '^' or '→' => 0.84,
            >= 'A' and <= 'Z' => 0.75,
            < 0x300 => 0.64,
            < 0x1100 => 0.8,
            _ => 1.3, // scripts whose characters are wide, symbols, pictures
        };
}
