using System.Diagnostics;
using System.Globalization;
using Mlir.Bench.Arrays.Interop;
using Mlir.Runtime;

namespace Mlir.Bench.Arrays;

/// <summary>
/// The array cases of the peer kit, measured by its rules and printed as its lines: what its <c>run.sh</c> calls with a section's name.
/// </summary>
/// <remarks>
/// As the peers it obeys SIZES, BUDGET, ONLY and THREADS. Each number of threads is measured in a process of its own, because the threads of a process
/// are counted once. FAST=1 measures <see cref="Precision.Fast"/>.
/// </remarks>
internal static class PeerRun
{
    /// <summary>Runs the cases of one section.</summary>
    public static int Run(string section)
    {
        if (section is not ("B" or "C"))
        {
            return 0;
        }

        if (int.TryParse(Environment.GetEnvironmentVariable("THREADS"), out var threads))
        {
            Environment.SetEnvironmentVariable("MLIR_NUM_THREADS", threads.ToString(CultureInfo.InvariantCulture));
            Affinity.Bind(WorkerPool.Shared);
            if (section == "B")
            {
                Measure(IsFast ? $"mlir-fast-t{threads}" : $"mlir-t{threads}");
            }
            else
            {
                PeerProducts.Measure($"mlir-t{threads}");
                PeerRows.Measure($"mlir-t{threads}");
            }

            return 0;
        }

        foreach (var count in (string[])["1", "2"])
        {
            var start = new ProcessStartInfo(
                Environment.ProcessPath!,
                [.. Environment.GetCommandLineArgs().Where((a, i) => i > 0 || IsHost)]
            );
            start.Environment["THREADS"] = count;
            using var child = Process.Start(start)!;
            child.WaitForExit();
        }

        return 0;
    }

    private static bool IsFast => Environment.GetEnvironmentVariable("FAST") == "1";

    private static bool IsHost => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";

    private static void Measure(string peer)
    {
        var sizes = (Environment.GetEnvironmentVariable("SIZES") ?? "10000 1000000 10000000").Split(
            ' ',
            StringSplitOptions.RemoveEmptyEntries
        );
        var options = new JitOptions { Precision = IsFast ? Precision.Fast : Precision.Exact };
        foreach (var size in sizes.Select(s => int.Parse(s, CultureInfo.InvariantCulture)))
        {
            Measure(new DoubleFormulas(options), "f64", peer, size);
            Measure(new SingleFormulas(options), "f32", peer, size);
        }
    }

    private static void Measure<T>(PeerFormulas<T> formulas, string suffix, string peer, int size)
        where T : unmanaged
    {
        var only = Environment.GetEnvironmentVariable("ONLY");
        var check = Environment.GetEnvironmentVariable("CHECK") is not null;
        var arrays = new PeerArrays<T>(size);
        PeerInputs? filled = null;
        var cases = formulas
            .All()
            .Where(each => only is null || only.Contains(each.Name, StringComparison.Ordinal))
            .ToList(); // all are compiled before the first is measured
        foreach (var each in cases)
        {
            if (filled != each.Inputs)
            {
                arrays.Fill(each.Inputs);
                filled = each.Inputs;
            }

            var (median, minimum, spread) = PeerClock.Measure(() => each.Run(arrays));
            Print($"{each.Name}_{suffix}", peer, size, "med", median, "us");
            Print($"{each.Name}_{suffix}", peer, size, "min", minimum, "us");
            Print($"{each.Name}_{suffix}", peer, size, "iqr", spread, "%");
            if (check)
            {
                Print($"{each.Name}_{suffix}", peer, size, "checksum", arrays.Checksum(), "-");
            }
        }
    }

    private static void Print(string name, string peer, int size, string metric, double value, string unit) =>
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"B,{name},{peer},{size},{metric},{value:G6},{unit}")
        );
}
