using System.Diagnostics;

namespace Mlir.Remote.Sessions;

/// <summary>When a call's time is over.</summary>
internal readonly struct Deadline
{
    // How much longer than the server the client waits, so that the server's own answer wins.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly long _end;
    private readonly TimeSpan _timeout;

    private Deadline(TimeSpan timeout) =>
        (_timeout, _end) = (timeout, Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency));

    /// <summary>No end.</summary>
    public static Deadline None => default;

    /// <summary>After a time from now; null for never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive.</exception>
    public static Deadline After(TimeSpan? timeout)
    {
        if (timeout is not { } time || time == Timeout.InfiniteTimeSpan)
        {
            return None;
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(timeout));
        return new Deadline(time);
    }

    /// <summary>Whether there is no end.</summary>
    public bool IsNone => _end == 0;

    /// <summary>The time that is left, never negative.</summary>
    public TimeSpan Remaining =>
        IsNone
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromTicks(Math.Max(0, Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _end).Ticks));

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => !IsNone && Stopwatch.GetTimestamp() >= _end;

    /// <summary>The time that the server is given, in milliseconds; 0 for as long as it allows.</summary>
    /// <exception cref="TimeoutException">The time is over.</exception>
    public uint ForServer()
    {
        ThrowIfOver();
        return IsNone ? 0 : (uint)Math.Clamp(Math.Ceiling(Remaining.TotalMilliseconds), 1, uint.MaxValue);
    }

    /// <summary>Throws when the time is over.</summary>
    public void ThrowIfOver()
    {
        if (IsOver)
        {
            throw Error();
        }
    }

    /// <summary>A source that is cancelled with the token, and some time after the end; null where the token alone will do.</summary>
    public CancellationTokenSource? Link(CancellationToken cancellationToken, bool withGrace)
    {
        if (IsNone)
        {
            return null;
        }

        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var time = Remaining + (withGrace ? Grace : TimeSpan.Zero);
        source.CancelAfter(time < TimeSpan.FromDays(24) ? time : TimeSpan.FromDays(24));
        return source;
    }

    /// <summary>What is thrown when the time is over.</summary>
    public TimeoutException Error() =>
        new($"the call did not end within its timeout of {_timeout.TotalSeconds:0.###} s");
}
