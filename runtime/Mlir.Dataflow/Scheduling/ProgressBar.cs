using System.Globalization;

namespace Mlir.Dataflow;

/// <summary>Shows on a console how far a run is, if it takes over a second.</summary>
/// <example><code>await z.ComputeAsync(new ComputeOptions { Progress = new ProgressBar() });</code></example>
/// <remarks>It writes nothing where the output is not a terminal: a log file wants no bar.</remarks>
public sealed class ProgressBar : IProgress<RunProgress>
{
    private const int Width = 30;
    private const int MaxNames = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly TextWriter _output;
    private readonly bool _isTerminal;
    private int _written;

    /// <summary>A bar on the standard error stream.</summary>
    public ProgressBar()
        : this(Console.Error, !Console.IsErrorRedirected) { }

    /// <summary>A bar on a stream.</summary>
    /// <param name="output">The stream.</param>
    /// <param name="isTerminal">Whether the stream is one on which a carriage return goes back to the start of the line.</param>
    public ProgressBar(TextWriter output, bool isTerminal = true)
    {
        ArgumentNullException.ThrowIfNull(output);
        (_output, _isTerminal) = (output, isTerminal);
    }

    /// <inheritdoc/>
    public void Report(RunProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!_isTerminal || (value.Elapsed < Patience && _written == 0))
        {
            return;
        }

        var line = LineOf(value);
        _output.Write('\r' + line.PadRight(_written) + (value.IsOver ? "\n" : ""));
        _output.Flush();
        _written = value.IsOver ? 0 : line.Length;
    }

    private static string LineOf(RunProgress progress)
    {
        var filled = progress.Total == 0 ? Width : (int)((long)Width * progress.Done / progress.Total);
        var names = string.Join(", ", progress.Running);
        if (names.Length > MaxNames)
        {
            names = string.Concat(names.AsSpan(0, MaxNames - 1), "…");
        }

        var seconds = progress.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return $"[{new string('#', filled)}{new string('.', Width - filled)}] {progress.Done}/{progress.Total} {seconds} s {names}".TrimEnd();
    }
}
