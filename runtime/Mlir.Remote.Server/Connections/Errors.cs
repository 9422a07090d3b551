using Microsoft.Extensions.Logging;
using Mlir.Remote.Protocol;

namespace Mlir.Remote.Server.Connections;

/// <summary>Turns whatever a request ended with into the protocol's error.</summary>
internal static class Errors
{
    /// <summary>The error to send; what is the server's own fault is logged in full and sent without details.</summary>
    public static Error Of(Exception exception, ILogger logger)
    {
        switch (exception)
        {
            case ProtocolException known:
                return known.Error;
            case OperationCanceledException:
                return new Error { Code = ErrorCode.Cancelled, Message = "the call was cancelled" };
            case OutOfMemoryException:
                return new Error
                {
                    Code = ErrorCode.LimitExceeded,
                    Message = "the server has no memory for this",
                    Limit = "memory",
                };
            default:
                Log.Fault(logger, exception);
                return new Error
                {
                    Code = ErrorCode.Internal,
                    Message =
                        $"the server failed in a way that was not foreseen ({exception.GetType().Name}); its log says more",
                };
        }
    }
}
