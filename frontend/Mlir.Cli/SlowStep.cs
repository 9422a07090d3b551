namespace Mlir.Cli;

/// <summary>Says what is going on, once it has gone on for a second.</summary>
internal sealed class SlowStep : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Timer? timer;

    /// <summary>Begins a step.</summary>
    /// <param name="terminal">Where to say it.</param>
    /// <param name="what">The step, as in "compiling returns".</param>
    public SlowStep(Terminal terminal, string what) =>
        timer = terminal.ShowsProgress
            ? new Timer(_ => terminal.Complain($"{what} …"), null, Patience, Timeout.InfiniteTimeSpan)
            : null;

    /// <summary>Ends the step.</summary>
    public void Dispose() => timer?.Dispose();
}
