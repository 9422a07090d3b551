using System.Globalization;
using Mlir.Backends.Gpu;

namespace Mlir.Bench.Gpu;

/// <summary>Checks and measures a device.</summary>
/// <param name="options">What to do.</param>
internal sealed class DeviceRun(RunOptions options)
{
    private readonly Cases cases = new(options.IsSmall);

    /// <summary>Compares every case with the processor.</summary>
    /// <returns>The process's exit code.</returns>
    public int Check()
    {
        if (GpuDevices.WhyUnavailable(options.Device) is { } reason)
        {
            Console.Error.WriteLine($"{options.Device}: {reason}");
            return 1;
        }

        var failed = 0;
        foreach (var given in Wanted().Where(static given => given.Lambda is not null))
        {
            var difference = Try(() =>
            {
                using var program = new DeviceProgram(given, options.Device);
                return program.Difference();
            });
            failed += difference is null ? 0 : 1;
            Console.WriteLine($"{(difference is null ? "ok" : "FAILED")} {Describe(given)} {difference}");
        }

        Console.WriteLine($"{failed} cases differ from the processor");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>Measures every case beside the peers, and writes the table; its rows are empty where there is no device.</summary>
    /// <returns>The process's exit code.</returns>
    public int Measure()
    {
        var missing = GpuDevices.WhyUnavailable(options.Device);
        var device = missing is null ? GpuBackend.DeviceOf(options.Device) : null;
        var date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var table = new Table(
            device is null
                ? $"No GPU was at hand: {missing}"
                : device.Info.Name + (options.IsSmall ? ", small sizes" : ""),
            date,
            judges: device?.Info.Id.StartsWith("cuda", StringComparison.Ordinal) ?? false
        );
        using var peers = new Peers(device is null ? [] : options.Peers);
        var overheads = new Overheads(options, peers);
        Fill(table, Copy(), row => MeasureCopy(row, table, device!, peers), device);
        foreach (var given in Wanted())
        {
            Fill(table, RowOf(given), row => Measure(row, given, peers), device);
        }

        foreach (var row in Overheads.Rows().Where(row => options.Wants(row.Name)))
        {
            Fill(table, row, filled => overheads.Fill(filled, device!), device);
        }

        Console.WriteLine();
        Console.WriteLine(table.ToMarkdown());
        Write(table, date, device);
        return 0;
    }

    private static void Fill(Table table, Row row, Action<Row> measure, GpuDevice? device)
    {
        table.Add(row);
        if (device is not null)
        {
            row.Remark =
                Try(() =>
                {
                    measure(row);
                    return null;
                }) ?? row.Remark;
            Console.WriteLine($"{row.Name} {row.Type} {row.Size}: {row.Microseconds} us {row.Remark}");
            foreach (var peer in row.Peers)
            {
                Console.WriteLine($"    {peer.Peer}: {peer.Microseconds} {peer.WhyNot}");
            }
        }
    }

    /// <summary>Half of the samples come before the peers' turn, and half after it.</summary>
    private void Measure(Row row, MeasuredCase given, Peers peers)
    {
        if (given.Lambda is null)
        {
            row.Peers.AddRange(peers.Ask(given.Name, given.Type, given.Lengths));
            row.Remark = "no lambda";
            return;
        }

        using var program = new DeviceProgram(given, options.Device);
        List<double> Sample() => Clock.Measure(program.Run, program.Device.Synchronize, options.IsSmall);
        var before = Sample();
        row.Peers.AddRange(peers.Ask(given.Name, given.Type, given.Lengths));
        row.Microseconds = Clock.Median([.. before, .. Sample()]);
    }

    private void MeasureCopy(Row row, Table table, GpuDevice device, Peers peers)
    {
        using var from = device.Allocate<byte>(cases.Bytes);
        from.Clear();
        row.Microseconds = Clock.Median(
            Clock.Measure(() => from.To(device).Dispose(), device.Synchronize, options.IsSmall)
        );
        row.Peers.AddRange(peers.Ask("copy", "f32", cases.Bytes / sizeof(float)));
        var best = row.Peers.Select(static peer => peer.Microseconds).Append(row.Microseconds).Min();
        table.Bandwidth = row.Bytes / best;
    }

    private Row Copy() =>
        new("copy", "", FormattableString.Invariant($"{cases.Bytes >> 10} KiB"), []) { Bytes = 2 * cases.Bytes };

    private static Row RowOf(MeasuredCase given) =>
        new(NameOf(given), given.Type, string.Join('×', given.Lengths), given.Goals)
        {
            Bytes = given.Bytes,
            Operations = given.Operations,
        };

    private IEnumerable<MeasuredCase> Wanted() => cases.All().Where(given => options.Wants(given.Name) && Has(given));

    /// <summary>Rows of what the device lacks are left out; where there is none, they are there and empty.</summary>
    private bool Has(MeasuredCase given) =>
        given.Feature.Length == 0
        || GpuDevices.WhyUnavailable(options.Device) is not null
        || GpuBackend.Create(options.Device).HasFeature(given.Feature);

    private static string NameOf(MeasuredCase given) =>
        given.Feature.Length == 0 ? given.Name : $"{given.Name} {given.Feature}";

    private static string Describe(MeasuredCase given) =>
        $"{NameOf(given)} {given.Type} {string.Join('×', given.Lengths)}";

    /// <summary>One failure leaves the rest to be measured: its message is the answer.</summary>
    private static string? Try(Func<string?> action)
    {
        try
        {
            return action();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return $"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}";
        }
    }

    private void Write(Table table, string date, GpuDevice? device)
    {
        if (options.Output is not { } folder)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "gpu.md"), table.ToMarkdown());
        if (device is not null)
        {
            var name = string.Concat(device.Info.Name.Where(char.IsAsciiLetterOrDigit));
            File.WriteAllText(Path.Combine(folder, $"{date}-gpu-{name}.csv"), table.ToFigures());
        }
    }
}
