namespace Mlir.Dataflow;

/// <summary>Tells a listener how far a run is, in order, one report at a time.</summary>
internal sealed class ProgressReporter
{
    private readonly Lock _lock = new();
    private readonly IProgress<RunProgress> _listener;
    private readonly TimeSpan _interval;
    private readonly Func<bool, RunProgress> _look;
    private Timer? _timer;
    private Exception? _trouble;
    private bool _over;

    /// <param name="listener">Who is told.</param>
    /// <param name="interval">The time between two reports; zero for one after every task.</param>
    /// <param name="look">How far the run is; takes whether it is over.</param>
    public ProgressReporter(IProgress<RunProgress> listener, TimeSpan interval, Func<bool, RunProgress> look)
    {
        _listener = listener;
        _interval = interval;
        _look = look;
    }

    /// <summary>Makes the first report.</summary>
    public void Start()
    {
        Report(isOver: false);
        if (_interval > TimeSpan.Zero)
        {
            _timer = new Timer(_ => Report(isOver: false), null, _interval, _interval);
        }
    }

    /// <summary>Reports where every task is reported.</summary>
    public void TaskDone()
    {
        if (_interval <= TimeSpan.Zero)
        {
            Report(isOver: false);
        }
    }

    /// <summary>Makes the last report.</summary>
    /// <exception cref="Exception">What the listener threw at one of the reports.</exception>
    public void Finish()
    {
        _timer?.Dispose();
        Report(isOver: true);
        if (_trouble is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_trouble);
        }
    }

    private void Report(bool isOver)
    {
        lock (_lock)
        {
            if (_over || (_trouble is not null && !isOver))
            {
                return;
            }

            _over = isOver;
            try
            {
                _listener.Report(_look(isOver));
            }
            catch (Exception e)
            {
                // On a timer's thread it would end the process.
                _trouble ??= e;
            }
        }
    }
}
