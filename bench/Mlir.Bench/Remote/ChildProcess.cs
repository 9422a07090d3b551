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

    /// <summary>The memory that it and the processes it started hold, in bytes, each page that several share counted once.</summary>
    public long Memory(bool withWorkers) => Of(_process.Id) + (withWorkers ? Children().Sum(Of) : 0);

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

    private static long Of(int id) =>
        File.ReadLines($"/proc/{id}/smaps_rollup")
            .Where(static line => line.StartsWith("Pss:", StringComparison.Ordinal))
            .Select(static line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024)
            .Sum();
}
