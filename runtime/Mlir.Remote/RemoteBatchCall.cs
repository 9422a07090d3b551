using Mlir.Remote.Functions;
using Mlir.Remote.Protocol;
using Mlir.Remote.Sessions;

namespace Mlir.Remote;

/// <summary>A call in a batch.</summary>
public sealed class RemoteBatchCall
{
    private object? _result;
    private Error? _error;
    private Exception? _failure;

    internal RemoteBatchCall(PreparedCall call) => Call = call;

    /// <summary>Whether the batch has been sent and the call has ended.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>The call's result.</summary>
    /// <exception cref="InvalidOperationException">The batch has not been sent.</exception>
    /// <exception cref="Exception">The call failed: what the function threw, or a <see cref="RemoteException"/>.</exception>
    public object? Result =>
        !IsCompleted ? throw new InvalidOperationException("the batch has not been sent: await SendAsync first")
        : _error is not null ? throw RemoteErrors.ToException(_error)
        : _failure is not null ? throw _failure
        : _result;

    internal PreparedCall Call { get; }

    /// <summary>The call's result as a type.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    public T ResultAs<T>() => RemoteFunction.As<T>(Result);

    internal void Complete(object? result) => (_result, IsCompleted) = (result, true);

    internal void Fail(Error error) => (_error, IsCompleted) = (error, true);

    internal void Fail(Exception failure) => (_failure, IsCompleted) = (failure, true);
}
