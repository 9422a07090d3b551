using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Mlir.Tests.Remote.Server.Foreign;

/// <summary>Runs a program of another language and reads the JSON that it prints.</summary>
internal static class ForeignProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The folder of the clients' sources.</summary>
    public static string Folder { get; } = Path.GetDirectoryName(ThisFile())!;

    /// <summary>The folder under which the protocol lies by its package.</summary>
    public static string ProtoRoot { get; } =
        Path.GetFullPath(Path.Combine(Folder, "../../../runtime/Mlir.Remote/Protocol"));

    /// <summary>Debian's Python, for which Debian's packages are.</summary>
    public static string Python => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <summary>Says what is missing: a failure where tools are required, else the test is left out.</summary>
    public static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("REQUIRE_MLIR_TOOLS") == "1")
        {
            Assert.Fail($"{what} is required");
        }

        Assert.Ignore($"{what} is not installed: './mlir test' installs it");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set.</param>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(
        string program,
        IEnumerable<string> arguments,
        params (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var late = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', start.ArgumentList)} did not end");
        }

        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Runs a program that prints one line of JSON.</summary>
    public static async Task<JsonElement> RunJsonAsync(
        string program,
        IEnumerable<string> arguments,
        params (string Name, string Value)[] environment
    )
    {
        var (code, output, errors) = await RunAsync(program, arguments, environment);
        Assert.That(code, Is.Zero, errors + output);
        return JsonDocument.Parse(output).RootElement.Clone();
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
