using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Mlir.Remote;
using Mlir.Tests.Remote.Server.Support;

namespace Mlir.Tests.Cli.Serve;

/// <summary>A process of <c>mlir serve</c>, with workers of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    // What a test waits for happens within seconds; where it does not, the test fails instead of hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _errors = new();

    private ServerProcess(string[] arguments)
    {
        _process = Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Mlir.Cli.dll"), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                _output.Writer.TryComplete();
            }
            else
            {
                _output.Writer.TryWrite(line.Data);
            }
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                _errors.Enqueue(line.Data);
            }
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Where it says whether it serves, if it was started with <c>--health</c>.</summary>
    public string? HealthAddress { get; private set; }

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>The numbers of its workers, the spare one included.</summary>
    public int[] Workers => WorkerProcesses.Of(Id);

    /// <summary>What it has written to standard error.</summary>
    public string[] Errors => [.. _errors];

    /// <summary>The memory that it uses itself, in bytes: without its workers, and without files that other processes may map too.</summary>
    public long Memory =>
        File.ReadLines($"/proc/{Id}/smaps_rollup")
            .Select(static line => line.Split(':', 2))
            .Where(static entry => entry[0] is "Pss_Anon" or "Pss_Shmem")
            .Sum(static entry =>
                long.Parse(entry[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024
            );

    /// <summary>The bytes of arrays that it holds in shared memory.</summary>
    public long SharedMemory =>
        new DirectoryInfo($"/proc/{Id}/fd").EnumerateFiles().Where(IsArray).Sum(static file => LengthOf(file));

    /// <summary>Starts a server on loopback and waits until it serves.</summary>
    /// <param name="arguments">More options of <c>mlir serve</c>.</param>
    public static Task<ServerProcess> StartAsync(params string[] arguments) =>
        StartAtAsync("http://127.0.0.1:0", arguments);

    /// <summary>Starts a server at an address and waits until it serves.</summary>
    public static async Task<ServerProcess> StartAtAsync(string address, params string[] arguments)
    {
        var server = new ServerProcess(["serve", "--listen", address, "--workers", "2", .. arguments]);
        try
        {
            const string Listening = "listening on ";
            using var late = new CancellationTokenSource(Patience);
            var line = await server._output.Reader.ReadAsync(late.Token);
            Assert.That(line, Does.StartWith(Listening));
            server.Address = line[Listening.Length..];
            if (arguments.Contains("--health"))
            {
                server.HealthAddress = (await server._output.Reader.ReadAsync(late.Token))["health on ".Length..];
            }

            return server;
        }
        catch (Exception error)
        {
            server.Dispose();
            throw new InvalidOperationException(string.Join('\n', server.Errors), error);
        }
    }

    /// <summary>Runs a command line that ends by itself.</summary>
    /// <param name="arguments">The arguments, <c>serve</c> the first.</param>
    public static async Task<(int ExitCode, string[] Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = new ServerProcess(arguments);
        var code = await process.WaitForExitAsync();
        return (code, process.Output(), string.Join('\n', process.Errors));
    }

    /// <summary>A client of the server.</summary>
    public Task<RemoteJit> ConnectAsync(RemoteOptions? options = null) => RemoteJit.ConnectAsync(Address, options);

    /// <summary>What it has written to standard output since it said where it listens.</summary>
    public string[] Output()
    {
        List<string> lines = [];
        while (_output.Reader.TryRead(out var line))
        {
            lines.Add(line);
        }

        return [.. lines];
    }

    /// <summary>Ends it as the system does when it runs out of memory: SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks it to stop: SIGTERM.</summary>
    public void Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits until something is as it should be.</summary>
    /// <param name="what">The condition.</param>
    public static async Task UntilAsync(Func<bool> what)
    {
        using var late = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!what())
        {
            Assert.That(await timer.WaitForNextTickAsync(late.Token));
        }
    }

    /// <summary>Ends the process, if it still runs.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool IsArray(FileInfo file) =>
        LinkOf(file) is { } target
        && target.Contains("memfd:", StringComparison.Ordinal)
        && !target.Contains("doublemapper", StringComparison.Ordinal); // the runtime's own, for code

    private static string? LinkOf(FileInfo file)
    {
        try
        {
            return file.LinkTarget;
        }
        catch (IOException)
        {
            return null; // closed meanwhile
        }
    }

    private static long LengthOf(FileInfo file)
    {
        try
        {
            using var handle = File.OpenHandle(
                file.FullName,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            return RandomAccess.GetLength(handle);
        }
        catch (IOException)
        {
            return 0; // closed meanwhile
        }
    }
}
