using Mlir.Remote.Protocol;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Server.Workers;

/// <summary>What clients are told when a request cannot be carried out.</summary>
internal static class WorkerFailures
{
    /// <summary>The request took its worker with it.</summary>
    public static ProtocolException Of(
        WorkerRequest request,
        KillReason reason,
        WorkerExit exit,
        long maxProcessBytes
    ) =>
        reason switch
        {
            KillReason.Timeout when request.TimeLimitName is { } name => ProtocolException.Limit(
                name,
                $"{Sentence(request)} took longer than {request.Limit.TotalMilliseconds:0} ms ({name})."
            ),
            KillReason.Timeout => new ProtocolException(
                ErrorCode.Timeout,
                $"{Sentence(request)} took longer than its limit of {request.Limit.TotalMilliseconds:0} ms."
            ),
            KillReason.Memory => ProtocolException.Limit(
                WorkerLimits.CallMemory,
                $"{Sentence(request)} took more than the {maxProcessBytes} bytes of memory that a worker process may use."
            ),
            _ when exit.IsStackOverflow => new ProtocolException(
                new Error
                {
                    Code = ErrorCode.WorkerCrashed,
                    Message = $"{Sentence(request)} nested too deeply: the stack of its worker process overflowed.",
                    ExceptionType = typeof(InsufficientExecutionStackException).FullName!,
                }
            ),
            _ => new ProtocolException(
                ErrorCode.WorkerCrashed,
                $"{Sentence(request)} ended its worker process ({(exit.Signal > 0 ? $"signal {exit.Signal}" : $"exit code {exit.Code}")})."
            ),
        };

    private static string Sentence(WorkerRequest request) =>
        char.ToUpperInvariant(request.Activity[0]) + request.Activity[1..];

    public static ProtocolException Unavailable() => new(ErrorCode.Unavailable, "The server is shutting down.");

    public static ProtocolException Cancelled() => new(ErrorCode.Cancelled, "The request was cancelled.");
}
