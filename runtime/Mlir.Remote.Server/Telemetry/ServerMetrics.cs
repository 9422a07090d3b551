using System.Diagnostics;
using System.Diagnostics.Metrics;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Server.Telemetry;

/// <summary>What the server measures: instruments of <c>System.Diagnostics.Metrics</c> and spans, both named <see cref="Name"/>.</summary>
internal sealed class ServerMetrics : IDisposable
{
    /// <summary>The name under which telemetry collects both.</summary>
    public const string Name = "Mlir.Remote.Server";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _compileTime;
    private readonly Counter<long> _cacheHits;
    private readonly Counter<long> _compileErrors;
    private readonly Counter<long> _received;
    private readonly Counter<long> _sent;

    /// <summary>Creates the instruments.</summary>
    public ServerMetrics()
    {
        _calls = _meter.CreateCounter<long>("mlir.remote.calls", "{call}", "Calls that ended, by outcome.");
        _latency = _meter.CreateHistogram<double>(
            "mlir.remote.call.duration",
            "s",
            "From a call's request to its answer.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 0.1, 1, 10],
            }
        );
        _compileTime = _meter.CreateHistogram<double>("mlir.remote.compile.duration", "s", "Compilations of modules.");
        _cacheHits = _meter.CreateCounter<long>("mlir.remote.cache.hits", "{module}", "Modules whose code was there.");
        _compileErrors = _meter.CreateCounter<long>("mlir.remote.compile.errors", "{module}", "Modules refused.");
        _received = _meter.CreateCounter<long>("mlir.remote.received", "By", "Bytes of arrays received.");
        _sent = _meter.CreateCounter<long>("mlir.remote.sent", "By", "Bytes of arrays sent.");
    }

    /// <summary>The spans.</summary>
    public ActivitySource Spans { get; } = new(Name);

    /// <summary>Adds the instruments that are read when somebody asks.</summary>
    /// <param name="sessions">The number of sessions.</param>
    /// <param name="restarts">The number of workers that were replaced.</param>
    /// <param name="storedBytes">The bytes of all arrays.</param>
    public void Observe(Func<long> sessions, Func<long> restarts, Func<long> storedBytes)
    {
        _meter.CreateObservableGauge("mlir.remote.sessions", sessions, "{session}", "Open sessions.");
        _meter.CreateObservableCounter("mlir.remote.worker.restarts", restarts, "{process}", "Workers replaced.");
        _meter.CreateObservableGauge("mlir.remote.stored", storedBytes, "By", "Bytes of arrays on the server.");
    }

    /// <summary>Counts calls that ended.</summary>
    /// <param name="began">When the request came, in ticks of <see cref="Stopwatch"/>.</param>
    /// <param name="calls">How many there were in the request.</param>
    /// <param name="error">What went wrong, or null.</param>
    public void Called(long began, int calls, ErrorCode? error)
    {
        if (_calls.Enabled)
        {
            _calls.Add(calls, new KeyValuePair<string, object?>("outcome", error?.ToString() ?? "Ok"));
        }

        if (_latency.Enabled)
        {
            _latency.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
    }

    /// <summary>Counts a module that is ready.</summary>
    /// <param name="time">How long its compilation took; null if the code was there.</param>
    public void Compiled(TimeSpan? time)
    {
        if (time is { } took)
        {
            _compileTime.Record(took.TotalSeconds);
        }
        else
        {
            _cacheHits.Add(1);
        }
    }

    /// <summary>Counts a module that was refused.</summary>
    public void CompileFailed() => _compileErrors.Add(1);

    /// <summary>Counts bytes of arrays that came.</summary>
    public void Received(long bytes) => _received.Add(bytes);

    /// <summary>Counts bytes of arrays that went.</summary>
    public void Sent(long bytes) => _sent.Add(bytes);

    /// <summary>Ends the instruments.</summary>
    public void Dispose()
    {
        _meter.Dispose();
        Spans.Dispose();
    }
}
