using Microsoft.Extensions.Logging;

namespace Mlir.Remote.Server.Connections;

/// <summary>What the server writes to its log.</summary>
internal static partial class Log
{
    /// <summary>The server is ready.</summary>
    [LoggerMessage(1, LogLevel.Information, "listening on {Address}")]
    public static partial void Listening(ILogger logger, string address);

    /// <summary>The server stops.</summary>
    [LoggerMessage(2, LogLevel.Information, "stopping: {Calls} calls are running and may take {Time} to end")]
    public static partial void Draining(ILogger logger, int calls, TimeSpan time);

    /// <summary>The server has stopped.</summary>
    [LoggerMessage(3, LogLevel.Information, "stopped")]
    public static partial void Stopped(ILogger logger);

    /// <summary>A client broke the protocol.</summary>
    [LoggerMessage(4, LogLevel.Warning, "a stream was ended: {Reason}")]
    public static partial void BadStream(ILogger logger, string reason);

    /// <summary>A client went away.</summary>
    [LoggerMessage(5, LogLevel.Debug, "a stream was lost: {Reason}")]
    public static partial void LostStream(ILogger logger, string reason);

    /// <summary>A fault of the server itself.</summary>
    [LoggerMessage(6, LogLevel.Error, "a request failed in a way that was not foreseen")]
    public static partial void Fault(ILogger logger, Exception exception);

    /// <summary>A session began.</summary>
    [LoggerMessage(7, LogLevel.Information, "session {Session} opened by {Identity} ({Client})")]
    public static partial void SessionOpened(ILogger logger, long session, string identity, string client);

    /// <summary>A session ended.</summary>
    [LoggerMessage(8, LogLevel.Information, "session {Session} closed")]
    public static partial void SessionClosed(ILogger logger, long session);

    /// <summary>A client had no valid credential.</summary>
    [LoggerMessage(9, LogLevel.Warning, "a client was refused: {Reason}")]
    public static partial void Refused(ILogger logger, string reason);
}
