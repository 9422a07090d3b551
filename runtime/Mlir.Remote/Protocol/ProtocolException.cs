namespace Mlir.Remote.Protocol;

/// <summary>A request that failed, as the protocol's <see cref="Error"/> says it.</summary>
/// <param name="error">The error as it travels.</param>
internal sealed class ProtocolException(Error error) : Exception(error.Message)
{
    /// <summary>An error with a code and a message.</summary>
    public ProtocolException(ErrorCode code, string message)
        : this(new Error { Code = code, Message = message }) { }

    /// <summary>The error as it travels.</summary>
    public Error Error { get; } = error;

    /// <summary>An error that names the limit that was exceeded.</summary>
    /// <param name="limit">The limit's field in <see cref="Limits"/>, for example <c>max_module_bytes</c>.</param>
    /// <param name="message">What is too much, the limit's value, and what to do.</param>
    public static ProtocolException Limit(string limit, string message) =>
        new(
            new Error
            {
                Code = ErrorCode.LimitExceeded,
                Message = message,
                Limit = limit,
            }
        );
}
