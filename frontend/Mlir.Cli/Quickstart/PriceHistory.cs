using System.Globalization;
using System.Numerics.Tensors;

namespace Mlir.Cli.Quickstart;

/// <summary>Daily prices of one index, oldest first.</summary>
/// <param name="Dates">The trading days.</param>
/// <param name="Open">The first price of each day.</param>
/// <param name="High">The highest price of each day.</param>
/// <param name="Low">The lowest price of each day.</param>
/// <param name="Close">The last price of each day.</param>
internal sealed record PriceHistory(
    DateOnly[] Dates,
    Tensor<double> Open,
    Tensor<double> High,
    Tensor<double> Low,
    Tensor<double> Close
)
{
    private static readonly string[] Header = ["date", "open", "high", "low", "close"];

    /// <summary>Reads a file whose first columns are <c>date,open,high,low,close</c>.</summary>
    /// <exception cref="UsageException">A line is malformed; the message names it.</exception>
    public static PriceHistory Read(string path)
    {
        var lines = File.Exists(path)
            ? File.ReadAllLines(path)
            : throw new UsageException($"there is no file '{path}'");
        if (lines.Length == 0 || !lines[0].Split(',').Take(Header.Length).SequenceEqual(Header))
        {
            throw new UsageException($"{path}(1): expected the columns {string.Join(',', Header)}");
        }

        var rows = lines.Length - 1;
        var dates = new DateOnly[rows];
        double[][] columns = [new double[rows], new double[rows], new double[rows], new double[rows]];
        for (var row = 0; row < rows; row++)
        {
            var fields = lines[row + 1].Split(',');
            if (
                fields.Length < Header.Length
                || !DateOnly.TryParseExact(
                    fields[0],
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out dates[row]
                )
            )
            {
                throw new UsageException(
                    $"{path}({row + 2}): expected {string.Join(',', Header)}, got '{lines[row + 1]}'"
                );
            }

            for (var column = 0; column < columns.Length; column++)
            {
                if (
                    !double.TryParse(
                        fields[column + 1],
                        NumberStyles.Float,
                        CultureInfo.InvariantCulture,
                        out columns[column][row]
                    )
                )
                {
                    throw new UsageException($"{path}({row + 2}): '{fields[column + 1]}' is not a price");
                }
            }
        }

        return new PriceHistory(
            dates,
            Tensor.Create(columns[0]),
            Tensor.Create(columns[1]),
            Tensor.Create(columns[2]),
            Tensor.Create(columns[3])
        );
    }
}
