using System.Diagnostics;

namespace Mlir.Tests.Remote.Server.Support;

/// <summary>Finds the worker processes of a server, and ends them as the system does when it runs out of memory.</summary>
internal static class WorkerProcesses
{
    /// <summary>The workers that a process has started.</summary>
    public static int[] Of(int server) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(Path.GetFileName)
                .Where(static name => int.TryParse(name, out _))
                .Select(static name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture))
                .Where(id => ParentOf(id) == server && IsWorker(id)),
        ];

    /// <summary>Ends a process at once. One that is gone already is no error.</summary>
    public static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            TestContext.Out.WriteLine($"process {id} was gone: {error.Message}");
        }
    }

    private static int ParentOf(int id)
    {
        try
        {
            // pid (name) state ppid …, where the name may hold anything.
            var text = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(
                text[(text.LastIndexOf(')') + 2)..].Split(' ')[1],
                System.Globalization.CultureInfo.InvariantCulture
            );
        }
        catch (IOException)
        {
            return 0; // gone
        }
    }

    private static bool IsWorker(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Contains("Mlir.Remote.Worker", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
