using Spectre.Console;

namespace Mlir.Cli.Run;

/// <summary>Shows how far an array has come, once its journey has taken a second and somebody is looking.</summary>
/// <param name="screen">Where to draw; null where nobody looks.</param>
/// <param name="patience">How long to wait before anything is drawn; null for a second.</param>
internal sealed class TransferBar(IAnsiConsole? screen, TimeSpan? patience = null)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs a transfer and waits for it.</summary>
    /// <param name="what">What is moved, as in "uploading x.npy".</param>
    /// <param name="bytes">How much there is to move.</param>
    /// <param name="transfer">Moves it, telling how many bytes it has moved.</param>
    public async Task<T> ShowAsync<T>(string what, long bytes, Func<IProgress<long>, Task<T>> transfer)
    {
        var counter = new Counter();
        var moving = transfer(counter);
        if (screen is not null && !await EndsWithinAsync(moving, patience ?? Second))
        {
            await screen
                .Progress()
                .AutoClear(true)
                .Columns(
                    new TaskDescriptionColumn(),
                    new ProgressBarColumn(),
                    new PercentageColumn(),
                    new DownloadedColumn(),
                    new TransferSpeedColumn(),
                    new RemainingTimeColumn()
                )
                .StartAsync(async progress =>
                {
                    var bar = progress.AddTask(Markup.Escape(what), maxValue: Math.Max(bytes, 1));
                    do
                    {
                        bar.Value = counter.Bytes;
                    } while (!await EndsWithinAsync(moving, Tick));
                });
        }

        return await moving;
    }

    private static async Task<bool> EndsWithinAsync(Task task, TimeSpan time)
    {
        using var stop = new CancellationTokenSource();
        var ended = await Task.WhenAny(task, Task.Delay(time, stop.Token)) == task;
        await stop.CancelAsync();
        return ended;
    }

    /// <summary>The bytes so far; told from the connection's thread, read from the screen's.</summary>
    private sealed class Counter : IProgress<long>
    {
        private long _bytes;

        public long Bytes => Interlocked.Read(ref _bytes);

        public void Report(long value) => Interlocked.Exchange(ref _bytes, value);
    }
}
