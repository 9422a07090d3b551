using System.CommandLine;
using System.Globalization;
using System.Numerics.Tensors;
using Spectre.Console;

namespace Mlir.Cli.Quickstart;

/// <summary><c>mlir quickstart</c>: the main job on real data, checked against the eager answer.</summary>
internal static class QuickstartCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var data = new Option<string>("--data")
        {
            Description = "Daily prices: a CSV file with the columns date,open,high,low,close",
            HelpName = "file",
            DefaultValueFactory = _ => Path.Combine(Root(), "samples", "data", "sp500-2000.csv"),
        };
        var picture = new Option<string>("--picture")
        {
            Description = "Where to draw the result, as SVG",
            HelpName = "file",
            DefaultValueFactory = _ => Path.Combine(Root(), "artifacts", "quickstart.svg"),
        };
        var target = Backends.Option();
        var command = new Command(
            "quickstart",
            "Run array pipelines over 20 years of prices; a table and a picture at the end"
        )
        {
            data,
            picture,
            target,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var backend = Backends.Choose(parsed.GetValue(target), terminal);
                var prices = PriceHistory.Read(parsed.GetRequiredValue(data));
                var pipelines = new Pipelines(prices, new JitOptions { Target = backend.Name, UseCache = false });
                Func<Measurement>[] steps =
                [
                    pipelines.Volatility,
                    pipelines.ForwardBand,
                    pipelines.FeltReturn,
                    pipelines.RealizedVolatility,
                ];
                var rows = new List<Measurement>();
                foreach (var step in steps)
                {
                    cancellation.ThrowIfCancellationRequested();
                    using var slow = new SlowStep(
                        terminal,
                        $"pipeline {rows.Count + 1} of {steps.Length} on {backend.Name}"
                    );
                    rows.Add(step());
                }

                var name = Path.GetFileName(parsed.GetRequiredValue(data));
                terminal.Output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name}: {prices.Dates.Length} trading days, {prices.Dates[0]:yyyy-MM-dd} to {prices.Dates[^1]:yyyy-MM-dd}; target {backend.Name}"
                    )
                );
                terminal.Tables().Write(Table(rows));
                await Draw(rows[0], prices, name, parsed.GetRequiredValue(picture), terminal, cancellation);
                foreach (var wrong in rows.Where(row => !row.IsClose))
                {
                    terminal.Complain(
                        $"'{wrong.Name}' differs from the eager result by {wrong.Ulps} ulp; at most {wrong.Tolerance} are allowed"
                    );
                }

                return rows.All(row => row.IsClose) ? 0 : 1;
            }
        );
        return command;
    }

    /// <summary>The repository: what the launcher says, or else the current folder.</summary>
    private static string Root() => Environment.GetEnvironmentVariable("MLIR_ROOT") ?? Environment.CurrentDirectory;

    private static Table Table(List<Measurement> rows)
    {
        var table = new Table { Border = TableBorder.Ascii2 };
        table.AddColumn("pipeline");
        foreach (
            var heading in (string[])["rows", "compile ms", "eager µs", "compiled µs", "speed-up", "max ulp", "result"]
        )
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(row.Name),
                Number(row.Rows, "0"),
                Number(row.Compile.TotalMilliseconds, "0.0"),
                Number(row.Eager.TotalMicroseconds, "0.0"),
                Number(row.Compiled.TotalMicroseconds, "0.0"),
                Number(row.Eager / row.Compiled, "0.0") + " x",
                row.Ulps.ToString(CultureInfo.InvariantCulture),
                Summary(row.Result)
            );
        }

        return table;
    }

    private static string Summary(object result) =>
        result switch
        {
            double number => Number(number, "0.####"),
            Tensor<double> tensor => "mean " + Number(Tensor.Average<double>(tensor), "0.####"),
            _ => "",
        };

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static async Task Draw(
        Measurement volatility,
        PriceHistory prices,
        string source,
        string path,
        Terminal terminal,
        CancellationToken cancellation
    )
    {
        var values = new double[prices.Dates.Length];
        ((Tensor<double>)volatility.Result).FlattenTo(values);
        var chart = new LineChart(
            "Daily volatility of the S&P 500",
            "Garman–Klass estimate from open, high, low and close; percent a year",
            $"Data: {source}, npm package vega-datasets; computed by a compiled C# lambda"
        );
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        await File.WriteAllTextAsync(path, chart.Draw(prices.Dates, values), cancellation);
        terminal.Output.WriteLine($"picture: {Path.GetRelativePath(Environment.CurrentDirectory, path)}");
    }
}
