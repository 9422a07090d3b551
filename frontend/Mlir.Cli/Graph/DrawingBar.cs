using Mlir.Dataflow;
using Spectre.Console;

namespace Mlir.Cli.Graph;

/// <summary>Shows how far a drawing is, once it has taken a second and somebody is looking.</summary>
internal static class DrawingBar
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>Draws, and waits for it.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="what">What is drawn, as in "drawing x.svg".</param>
    /// <param name="draw">Draws, telling how far it is.</param>
    public static async Task ShowAsync(Terminal terminal, string what, Action<IProgress<PictureProgress>> draw)
    {
        var last = new Last();
        var drawing = Task.Run(() => draw(last));
        if (terminal.Screen() is not { } screen)
        {
            using (new SlowStep(terminal, what))
            {
                await drawing;
            }

            return;
        }

        if (!await EndsWithinAsync(drawing, Patience))
        {
            await screen
                .Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
                .StartAsync(async progress =>
                {
                    var bar = progress.AddTask(Markup.Escape(what), maxValue: 1);
                    do
                    {
                        var (step, done) = last.Value;
                        bar.Description = Markup.Escape($"{what}: {step}");
                        bar.Value = done;
                    } while (!await EndsWithinAsync(drawing, Tick));
                });
        }

        await drawing;
    }

    private static async Task<bool> EndsWithinAsync(Task task, TimeSpan time)
    {
        using var stop = new CancellationTokenSource();
        var ended = await Task.WhenAny(task, Task.Delay(time, stop.Token)) == task;
        await stop.CancelAsync();
        return ended;
    }

    /// <summary>What was told last; told from the thread that draws, read from the screen's.</summary>
    private sealed class Last : IProgress<PictureProgress>
    {
        private readonly Lock _lock = new();
        private PictureProgress _value = new("beginning", 0);

        public PictureProgress Value
        {
            get
            {
                lock (_lock)
                {
                    return _value;
                }
            }
        }

        public void Report(PictureProgress value)
        {
            lock (_lock)
            {
                _value = value;
            }
        }
    }
}
