using Mlir.Remote.Protocol;
using Mlir.Runtime;

namespace Mlir.Remote.Sessions;

/// <summary>Turns errors of the protocol into exceptions for the user.</summary>
internal static class RemoteErrors
{
    /// <summary>The exception to throw for an error.</summary>
    public static Exception ToException(Error error) =>
        error.Code switch
        {
            ErrorCode.KernelException => new KernelError(
                error.ExceptionType,
                error.Message,
                error.Message.Contains(error.Location, StringComparison.Ordinal) ? "" : error.Location
            ).ToException(),
            ErrorCode.Timeout => new TimeoutException(error.Message),
            ErrorCode.Cancelled => new OperationCanceledException(error.Message),
            ErrorCode.Unauthenticated => new UnauthorizedAccessException(error.Message),
            _ => new RemoteException(KindOf(error.Code), MessageOf(error))
            {
                Limit = error.Limit,
                Candidates = [.. error.Candidates],
                Diagnostics = [.. error.Diagnostics],
            },
        };

    private static string MessageOf(Error error) =>
        error.Code == ErrorCode.InvalidModule && error.Diagnostics.Count > 0
            ? $"{error.Message}\n{string.Join('\n', error.Diagnostics)}"
            : error.Message;

    private static RemoteErrorKind KindOf(ErrorCode code) =>
        code switch
        {
            ErrorCode.InvalidRequest => RemoteErrorKind.InvalidRequest,
            ErrorCode.InvalidModule or ErrorCode.ModuleNeeded => RemoteErrorKind.InvalidModule,
            ErrorCode.NoOverload => RemoteErrorKind.NoOverload,
            ErrorCode.AmbiguousCall => RemoteErrorKind.AmbiguousCall,
            ErrorCode.NotFound => RemoteErrorKind.NotFound,
            ErrorCode.LimitExceeded => RemoteErrorKind.LimitExceeded,
            ErrorCode.WorkerCrashed => RemoteErrorKind.WorkerCrashed,
            ErrorCode.PermissionDenied => RemoteErrorKind.PermissionDenied,
            ErrorCode.Unavailable => RemoteErrorKind.Unavailable,
            ErrorCode.SessionLost => RemoteErrorKind.ConnectionLost,
            _ => RemoteErrorKind.Internal,
        };
}
