using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Mlir.Bench.Gpu;

/// <summary>
/// The other side of the measurements, a process that stays: asked for a case, it answers one line a peer, <c>peer, tab, microseconds</c> or
/// <c>peer, tab, tab, why not</c>, and a line with a dot.
/// </summary>
internal sealed class Peers : IDisposable
{
    /// <summary>The peers of the table, in its order.</summary>
    public static readonly string[] Names = ["CuPy", "torch", "torch.compile", "Triton", "cuBLAS"];

    private readonly Process? process;
    private string? broken;

    /// <param name="command">The program and its arguments; empty for none.</param>
    public Peers(string[] command)
    {
        if (command.Length == 0)
        {
            broken = "not asked";
            return;
        }

        try
        {
            process = Process.Start(
                new ProcessStartInfo(command[0], command[1..])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            );
        }
        catch (Win32Exception missing)
        {
            broken = $"{command[0]}: {missing.Message}";
        }
    }

    /// <summary>What the peers say about a case.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of the numbers.</param>
    /// <param name="lengths">The sizes of the first argument.</param>
    public IEnumerable<PeerAnswer> Ask(string name, string type, params long[] lengths)
    {
        var answers = new List<PeerAnswer>();
        if (broken is null)
        {
            try
            {
                Exchange(JsonSerializer.Serialize(lengths), name, type, answers);
            }
            catch (IOException gone)
            {
                broken = $"the peers' process ended: {gone.Message}";
            }
        }

        return broken is null ? answers : [new PeerAnswer("peers", null, broken)];
    }

    public void Dispose()
    {
        if (process is not null)
        {
            process.StandardInput.Close();
            process.WaitForExit(TimeSpan.FromSeconds(10));
            process.Dispose();
        }
    }

    private void Exchange(string lengths, string name, string type, List<PeerAnswer> answers)
    {
        process!.StandardInput.WriteLine($$"""{"case": "{{name}}", "type": "{{type}}", "shape": {{lengths}}}""");
        process.StandardInput.Flush();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line == ".")
            {
                return;
            }

            var parts = line.Split('\t');
            if (parts.Length >= 2 && double.TryParse(parts[1], CultureInfo.InvariantCulture, out var time))
            {
                answers.Add(new PeerAnswer(parts[0], time, ""));
            }
            else if (parts.Length >= 3)
            {
                answers.Add(new PeerAnswer(parts[0], null, parts[2]));
            }
        }

        broken = "the peers' process ended";
    }
}
