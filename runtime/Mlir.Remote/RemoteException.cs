using System.Collections.Immutable;

namespace Mlir.Remote;

/// <summary>A remote call failed for a reason that is not the function's own; the message says what to do.</summary>
/// <remarks>
/// What a function throws arrives as the same .NET exception. A time that ran out is a <see cref="TimeoutException"/>, a call that was cancelled an
/// <see cref="OperationCanceledException"/>, a missing or wrong credential an <see cref="UnauthorizedAccessException"/>.
/// </remarks>
public sealed class RemoteException : Exception
{
    internal RemoteException(RemoteErrorKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public RemoteErrorKind Kind { get; }

    /// <summary>The name of the limit that was exceeded; empty for other errors.</summary>
    public string Limit { get; internal init; } = "";

    /// <summary>The signatures of the overloads that there are; empty for other errors.</summary>
    public ImmutableArray<string> Candidates { get; internal init; } = [];

    /// <summary>What the compiler says, one message a line; empty for other errors.</summary>
    public ImmutableArray<string> Diagnostics { get; internal init; } = [];
}
