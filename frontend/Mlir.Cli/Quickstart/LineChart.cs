using System.Globalization;
using System.Security;
using System.Text;

namespace Mlir.Cli.Quickstart;

/// <summary>A line over dates, as a self-contained SVG file.</summary>
/// <param name="Title">The headline.</param>
/// <param name="Subtitle">What is drawn, and in which unit.</param>
/// <param name="Source">Where the data come from.</param>
internal sealed record LineChart(string Title, string Subtitle, string Source)
{
    private const int Width = 960;
    private const int Height = 420;
    private const int Left = 56;
    private const int Right = 24;
    private const int Top = 76;
    private const int Bottom = 52;

    /// <summary>Draws the chart.</summary>
    /// <param name="dates">The horizontal axis, ascending.</param>
    /// <param name="values">One value for each date, none negative.</param>
    public string Draw(ReadOnlySpan<DateOnly> dates, ReadOnlySpan<double> values)
    {
        var first = dates[0].DayNumber;
        var days = Math.Max(dates[^1].DayNumber - first, 1);
        var step = RoundStep(Max(values) / 5);
        var top = step * Math.Ceiling(Max(values) / step);

        double X(DateOnly date) => Left + ((Width - Left - Right) * (date.DayNumber - first) / (double)days);
        double Y(double value) => Height - Bottom - ((Height - Top - Bottom) * value / top);

        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img" aria-label="{Escape(
                Title
            )}" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="12">
            <rect width="{Width}" height="{Height}" fill="#ffffff"/>
            <text x="{Left}" y="30" font-size="19" font-weight="600" fill="#1a1a1a">{Escape(Title)}</text>
            <text x="{Left}" y="52" fill="#595959">{Escape(Subtitle)}</text>

            """
        );
        for (var value = 0.0; value <= top * 1.0001; value += step)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""
                <line x1="{Left}" x2="{Width - Right}" y1="{Y(value):F1}" y2="{Y(value):F1}" stroke="{(
                    value == 0 ? "#595959" : "#e3e3e3"
                )}"/>
                <text x="{Left - 8}" y="{Y(value) + 4:F1}" text-anchor="end" fill="#595959">{value:0.##}</text>

                """
            );
        }

        for (var year = dates[0].Year; year <= dates[^1].Year; year += 2)
        {
            var date = new DateOnly(year, 1, 1);
            var x = X(date < dates[0] ? dates[0] : date);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<text x="{x:F1}" y="{Height - Bottom + 18}" text-anchor="middle" fill="#595959">{year}</text>"""
            );
            svg.Append('\n');
        }

        svg.Append("<path fill=\"none\" stroke=\"#1f6fb4\" stroke-width=\"1\" stroke-linejoin=\"round\" d=\"");
        for (var i = 0; i < values.Length; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{X(dates[i]):F1} {Y(values[i]):F1}");
        }

        svg.Append("\"/>\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""<text x="{Left}" y="{Height - 10}" font-size="11" fill="#8a8a8a">{Escape(Source)}</text>"""
        );
        return svg.Append("\n</svg>\n").ToString();
    }

    private static double Max(ReadOnlySpan<double> values)
    {
        var max = double.Epsilon;
        foreach (var value in values)
        {
            max = double.IsFinite(value) ? Math.Max(max, value) : max;
        }

        return max;
    }

    /// <summary>The next larger of 1, 2, 5, 10, 20, …</summary>
    private static double RoundStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return rough <= power ? power
            : rough <= 2 * power ? 2 * power
            : rough <= 5 * power ? 5 * power
            : 10 * power;
    }

    private static string Escape(string text) => SecurityElement.Escape(text);
}
