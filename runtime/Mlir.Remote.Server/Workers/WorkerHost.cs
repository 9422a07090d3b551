using System.Globalization;
using System.Runtime.InteropServices;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Server.Workers;

/// <summary>What a worker process is started with: the program, and an environment that holds nothing of the server's.</summary>
internal static class WorkerHost
{
    /// <summary>What a worker needs to find LLVM, and nothing else.</summary>
    private static readonly string[] Passed = ["MLIR_LLVM_LIBRARY", "LD_LIBRARY_PATH", "DOTNET_ROOT", "TZ"];

    /// <summary>The <c>dotnet</c> that runs this process, or a like one.</summary>
    public static string Executable { get; } = FindDotnet();

    /// <summary>The worker's assembly, which lies beside the server's.</summary>
    public static string Program { get; } =
        Path.Combine(AppContext.BaseDirectory, typeof(FrameKind).Assembly.GetName().Name + ".dll") is var beside
        && File.Exists(beside)
            ? beside
            : typeof(FrameKind).Assembly.Location;

    /// <summary>Replaces an environment by a worker's.</summary>
    public static void SetEnvironment(IDictionary<string, string?> environment, WorkerOptions options)
    {
        var kept = Passed
            .Where(environment.ContainsKey)
            .Select(name => KeyValuePair.Create(name, environment[name]))
            .ToArray();
        environment.Clear();
        foreach (var (name, value) in kept)
        {
            environment[name] = value;
        }

        environment["DOTNET_GCHeapHardLimit"] = Math.Max(options.MaxProcessBytes, 64L << 20)
            .ToString("x", CultureInfo.InvariantCulture);
        environment["DOTNET_EnableDiagnostics"] = "0";
        environment["DOTNET_TieredPGO"] = "0";
        environment["DOTNET_NOLOGO"] = "1";
        if (options.ThreadsPerWorker > 0)
        {
            environment["MLIR_NUM_THREADS"] = options.ThreadsPerWorker.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string FindDotnet()
    {
        // …/dotnet/shared/Microsoft.NETCore.App/10.0.0/ → …/dotnet/dotnet
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        var beside = Path.Combine(root, "dotnet");
        return File.Exists(beside) ? beside
            : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
            : "dotnet";
    }
}
