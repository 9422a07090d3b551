using System.Globalization;
using System.Text;

namespace Mlir.Bench.Gpu;

/// <summary>The rows as Markdown and as lines of figures.</summary>
/// <param name="title">The device, or why there is none.</param>
/// <param name="date">The day.</param>
/// <param name="judges">Whether goals mean anything on this device.</param>
internal sealed class Table(string title, string date, bool judges)
{
    private readonly List<Row> rows = [];

    /// <summary>The bytes that a copy on the device reads and writes in a microsecond; null before it was measured.</summary>
    public double? Bandwidth { get; set; }

    /// <summary>Adds a row.</summary>
    public void Add(Row row) => rows.Add(row);

    /// <summary>As Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {title}\n\n{date}, by `bench/gpu.sh run`. ");
        text.Append(
            "Microseconds a run, medians; a column's ratio is that peer's time over this project's. Empty: not measured.\n\n"
        );
        text.Append("| what | type | size | mlir, µs | GB/s or TFLOP/s | of a copy | ");
        text.AppendJoin(" | ", Peers.Names.Select(static name => $"{name}, µs (ratio)")).Append(" | goal |\n|");
        text.Insert(text.Length, "---|", 7 + Peers.Names.Length).Append('\n');
        foreach (var row in rows)
        {
            string[] cells =
            [
                row.Name,
                row.Type,
                row.Size,
                Number(row.Microseconds) + (row.Remark is { } remark ? $" {remark}" : ""),
                Rate(row),
                row.Bytes > 0 && row.Operations == 0 && Bandwidth is { } copy && row.Microseconds is { } own
                    ? Number(row.Bytes / copy / own)
                    : "",
                .. Peers.Names.Select(name => Peer(row, name)),
                string.Join(
                    "; ",
                    row.Goals.Select(goal => $"{goal}{(judges ? Mark(row.Reaches(goal, Bandwidth)) : "")}")
                ),
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }

        foreach (
            var missing in rows.SelectMany(static row => row.Peers)
                .Where(static peer => peer.Microseconds is null)
                .GroupBy(static peer => (peer.Peer, peer.WhyNot))
        )
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n{missing.Key.Peer}: {missing.Key.WhyNot} ({missing.Count()} rows).\n"
            );
        }

        return text.ToString();
    }

    /// <summary>As lines of figures: <c>device,date,case,type,size,peer,metric,value,unit</c>.</summary>
    public string ToFigures()
    {
        var text = new StringBuilder("device,date,case,type,size,peer,metric,value,unit\n");
        foreach (var row in rows)
        {
            IEnumerable<PeerAnswer> all = [new PeerAnswer("mlir", row.Microseconds, row.Remark ?? ""), .. row.Peers];
            foreach (var answer in all)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{Plain(title)},{date},{row.Name},{row.Type},{row.Size},{answer.Peer},median,{answer.Microseconds:0.###},us{(answer.Microseconds is null ? $" # {Plain(answer.WhyNot)}" : "")}\n"
                );
            }
        }

        return text.ToString();
    }

    private static string Peer(Row row, string name) =>
        row.Of(name) is not { } time ? ""
        : row.Microseconds is { } own ? $"{Number(time)} ({Number(time / own)})"
        : Number(time);

    private static string Rate(Row row) =>
        row.Microseconds is not { } own ? ""
        : row.Operations > 0 ? Number(row.Operations / own / 1e6)
        : row.Bytes > 0 ? Number(row.Bytes / own / 1e3)
        : "";

    private static string Mark(bool? reached) =>
        reached switch
        {
            true => " ✓",
            false => " ✗",
            null => "",
        };

    private static string Number(double? value) =>
        value is not { } number ? ""
        : number >= 100 ? number.ToString("0", CultureInfo.InvariantCulture)
        : number.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Plain(string text) => text.Replace(',', ';').ReplaceLineEndings(" ");
}
