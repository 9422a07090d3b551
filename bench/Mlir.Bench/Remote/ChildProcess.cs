using System.Diagnostics;

namespace Mlir.Bench.Remote;

/// <summary>This program once more, in another role and a process of its own, until disposed.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts the program and waits for its first line of output.</summary>
    /// <param name="role">What it does, and its arguments.</param>
    public ChildProcess(params string[] role)
    {
        _process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(ChildProcess).Assembly.Location, .. role])
            {
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
            }
        )!;
        FirstLine =
            _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{role[0]} did not start");
    }

    /// <summary>The first line that it printed.</summary>
    public string FirstLine { get; }

    /// <summary>The memory that it holds, in bytes: its resident set, code that it shares with others included.</summary>
    public long Resident() => Field(_process.Id, "status", "VmRSS:");

    /// <summary>The memory that it and the processes it started hold, in bytes; of pages that several share each counts its part.</summary>
    public long WithChildren() => Children().Prepend(_process.Id).Sum(static id => Field(id, "smaps_rollup", "Pss:"));

    /// <summary>Ends the process and those that it started.</summary>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private IEnumerable<int> Children() =>
        File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children") is { Length: > 0 } direct
            ? direct.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)
            : Directory
                .EnumerateDirectories($"/proc/{_process.Id}/task")
                .SelectMany(t => File.ReadAllText($"{t}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(int.Parse);

    private static long Field(int id, string file, string name) =>
        File.ReadLines($"/proc/{id}/{file}")
            .Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Select(static line => long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]) * 1024)
            .Sum();
}
