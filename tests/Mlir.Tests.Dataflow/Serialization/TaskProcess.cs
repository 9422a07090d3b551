using System.Diagnostics;

namespace Mlir.Tests.Dataflow.Serialization;

/// <summary>A program without any plugin that runs one task in a process of its own.</summary>
internal static class TaskProcess
{
    private static string Program =>
        typeof(TaskProcess).Assembly.Location.Replace(
            "Mlir.Tests.Dataflow",
            "Mlir.Tests.Dataflow.TaskRunner",
            StringComparison.Ordinal
        );

    /// <summary>Runs a task.</summary>
    /// <param name="task">The task's bytes.</param>
    /// <param name="arguments">The bytes of its arguments.</param>
    /// <param name="target">What compiles it.</param>
    /// <param name="plugin">A plugin that the process is to know; null for none.</param>
    /// <returns>The results' bytes, and what the process wrote to its error stream.</returns>
    public static (byte[]? Results, string Errors) Run(
        byte[] task,
        byte[] arguments,
        string target,
        Type? plugin = null
    )
    {
        var folder = Directory.CreateTempSubdirectory("mlir-task");
        try
        {
            string[] files =
            [
                .. new[] { "task", "arguments", "results" }.Select(name => Path.Combine(folder.FullName, name)),
            ];
            File.WriteAllBytes(files[0], task);
            File.WriteAllBytes(files[1], arguments);
            var start = new ProcessStartInfo(
                "dotnet",
                [
                    Program,
                    .. files,
                    target,
                    .. plugin is null ? Array.Empty<string>() : [plugin.Assembly.Location, plugin.FullName!],
                ]
            )
            {
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode == 0 ? File.ReadAllBytes(files[2]) : null, errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
