namespace Mlir.Remote;

/// <summary>Calls kernels without blocking, with values or with arrays that lie on the server.</summary>
public static class RemoteKernelCalls
{
    /// <summary>Calls the kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<TResult> InvokeAsync<TResult>(
        this RemoteKernel<Func<TResult>> kernel,
        CancellationToken cancellationToken = default
    ) => kernel.CallAsync<TResult>(cancellationToken);

    /// <summary>Calls the kernel; the array that it returns stays on the server.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<RemoteTensor> KeepAsync<TResult>(
        this RemoteKernel<Func<TResult>> kernel,
        CancellationToken cancellationToken = default
    ) => kernel.KeepAsync(cancellationToken);

    /// <summary>Calls the kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<TResult> InvokeAsync<T1, TResult>(
        this RemoteKernel<Func<T1, TResult>> kernel,
        RemoteArgument<T1> arg1,
        CancellationToken cancellationToken = default
    ) => kernel.CallAsync<TResult>(cancellationToken, arg1.Value);

    /// <summary>Calls the kernel; the array that it returns stays on the server.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<RemoteTensor> KeepAsync<T1, TResult>(
        this RemoteKernel<Func<T1, TResult>> kernel,
        RemoteArgument<T1> arg1,
        CancellationToken cancellationToken = default
    ) => kernel.KeepAsync(cancellationToken, arg1.Value);

    /// <summary>Calls the kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<TResult> InvokeAsync<T1, T2, TResult>(
        this RemoteKernel<Func<T1, T2, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        CancellationToken cancellationToken = default
    ) => kernel.CallAsync<TResult>(cancellationToken, arg1.Value, arg2.Value);

    /// <summary>Calls the kernel; the array that it returns stays on the server.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<RemoteTensor> KeepAsync<T1, T2, TResult>(
        this RemoteKernel<Func<T1, T2, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        CancellationToken cancellationToken = default
    ) => kernel.KeepAsync(cancellationToken, arg1.Value, arg2.Value);

    /// <summary>Calls the kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg3">Argument 3: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<TResult> InvokeAsync<T1, T2, T3, TResult>(
        this RemoteKernel<Func<T1, T2, T3, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        RemoteArgument<T3> arg3,
        CancellationToken cancellationToken = default
    ) => kernel.CallAsync<TResult>(cancellationToken, arg1.Value, arg2.Value, arg3.Value);

    /// <summary>Calls the kernel; the array that it returns stays on the server.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg3">Argument 3: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<RemoteTensor> KeepAsync<T1, T2, T3, TResult>(
        this RemoteKernel<Func<T1, T2, T3, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        RemoteArgument<T3> arg3,
        CancellationToken cancellationToken = default
    ) => kernel.KeepAsync(cancellationToken, arg1.Value, arg2.Value, arg3.Value);

    /// <summary>Calls the kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg3">Argument 3: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg4">Argument 4: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<TResult> InvokeAsync<T1, T2, T3, T4, TResult>(
        this RemoteKernel<Func<T1, T2, T3, T4, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        RemoteArgument<T3> arg3,
        RemoteArgument<T4> arg4,
        CancellationToken cancellationToken = default
    ) => kernel.CallAsync<TResult>(cancellationToken, arg1.Value, arg2.Value, arg3.Value, arg4.Value);

    /// <summary>Calls the kernel; the array that it returns stays on the server.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg3">Argument 3: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg4">Argument 4: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<RemoteTensor> KeepAsync<T1, T2, T3, T4, TResult>(
        this RemoteKernel<Func<T1, T2, T3, T4, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        RemoteArgument<T3> arg3,
        RemoteArgument<T4> arg4,
        CancellationToken cancellationToken = default
    ) => kernel.KeepAsync(cancellationToken, arg1.Value, arg2.Value, arg3.Value, arg4.Value);

    /// <summary>Calls the kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg3">Argument 3: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg4">Argument 4: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg5">Argument 5: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<TResult> InvokeAsync<T1, T2, T3, T4, T5, TResult>(
        this RemoteKernel<Func<T1, T2, T3, T4, T5, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        RemoteArgument<T3> arg3,
        RemoteArgument<T4> arg4,
        RemoteArgument<T5> arg5,
        CancellationToken cancellationToken = default
    ) => kernel.CallAsync<TResult>(cancellationToken, arg1.Value, arg2.Value, arg3.Value, arg4.Value, arg5.Value);

    /// <summary>Calls the kernel; the array that it returns stays on the server.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg3">Argument 3: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg4">Argument 4: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg5">Argument 5: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<RemoteTensor> KeepAsync<T1, T2, T3, T4, T5, TResult>(
        this RemoteKernel<Func<T1, T2, T3, T4, T5, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        RemoteArgument<T3> arg3,
        RemoteArgument<T4> arg4,
        RemoteArgument<T5> arg5,
        CancellationToken cancellationToken = default
    ) => kernel.KeepAsync(cancellationToken, arg1.Value, arg2.Value, arg3.Value, arg4.Value, arg5.Value);

    /// <summary>Calls the kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg3">Argument 3: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg4">Argument 4: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg5">Argument 5: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg6">Argument 6: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<TResult> InvokeAsync<T1, T2, T3, T4, T5, T6, TResult>(
        this RemoteKernel<Func<T1, T2, T3, T4, T5, T6, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        RemoteArgument<T3> arg3,
        RemoteArgument<T4> arg4,
        RemoteArgument<T5> arg5,
        RemoteArgument<T6> arg6,
        CancellationToken cancellationToken = default
    ) =>
        kernel.CallAsync<TResult>(
            cancellationToken,
            arg1.Value,
            arg2.Value,
            arg3.Value,
            arg4.Value,
            arg5.Value,
            arg6.Value
        );

    /// <summary>Calls the kernel; the array that it returns stays on the server.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg3">Argument 3: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg4">Argument 4: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg5">Argument 5: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg6">Argument 6: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<RemoteTensor> KeepAsync<T1, T2, T3, T4, T5, T6, TResult>(
        this RemoteKernel<Func<T1, T2, T3, T4, T5, T6, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        RemoteArgument<T3> arg3,
        RemoteArgument<T4> arg4,
        RemoteArgument<T5> arg5,
        RemoteArgument<T6> arg6,
        CancellationToken cancellationToken = default
    ) => kernel.KeepAsync(cancellationToken, arg1.Value, arg2.Value, arg3.Value, arg4.Value, arg5.Value, arg6.Value);

    /// <summary>Calls the kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg3">Argument 3: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg4">Argument 4: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg5">Argument 5: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg6">Argument 6: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg7">Argument 7: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<TResult> InvokeAsync<T1, T2, T3, T4, T5, T6, T7, TResult>(
        this RemoteKernel<Func<T1, T2, T3, T4, T5, T6, T7, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        RemoteArgument<T3> arg3,
        RemoteArgument<T4> arg4,
        RemoteArgument<T5> arg5,
        RemoteArgument<T6> arg6,
        RemoteArgument<T7> arg7,
        CancellationToken cancellationToken = default
    ) =>
        kernel.CallAsync<TResult>(
            cancellationToken,
            arg1.Value,
            arg2.Value,
            arg3.Value,
            arg4.Value,
            arg5.Value,
            arg6.Value,
            arg7.Value
        );

    /// <summary>Calls the kernel; the array that it returns stays on the server.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg3">Argument 3: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg4">Argument 4: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg5">Argument 5: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg6">Argument 6: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg7">Argument 7: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<RemoteTensor> KeepAsync<T1, T2, T3, T4, T5, T6, T7, TResult>(
        this RemoteKernel<Func<T1, T2, T3, T4, T5, T6, T7, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        RemoteArgument<T3> arg3,
        RemoteArgument<T4> arg4,
        RemoteArgument<T5> arg5,
        RemoteArgument<T6> arg6,
        RemoteArgument<T7> arg7,
        CancellationToken cancellationToken = default
    ) =>
        kernel.KeepAsync(
            cancellationToken,
            arg1.Value,
            arg2.Value,
            arg3.Value,
            arg4.Value,
            arg5.Value,
            arg6.Value,
            arg7.Value
        );

    /// <summary>Calls the kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg3">Argument 3: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg4">Argument 4: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg5">Argument 5: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg6">Argument 6: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg7">Argument 7: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg8">Argument 8: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<TResult> InvokeAsync<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        this RemoteKernel<Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        RemoteArgument<T3> arg3,
        RemoteArgument<T4> arg4,
        RemoteArgument<T5> arg5,
        RemoteArgument<T6> arg6,
        RemoteArgument<T7> arg7,
        RemoteArgument<T8> arg8,
        CancellationToken cancellationToken = default
    ) =>
        kernel.CallAsync<TResult>(
            cancellationToken,
            arg1.Value,
            arg2.Value,
            arg3.Value,
            arg4.Value,
            arg5.Value,
            arg6.Value,
            arg7.Value,
            arg8.Value
        );

    /// <summary>Calls the kernel; the array that it returns stays on the server.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="arg1">Argument 1: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg2">Argument 2: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg3">Argument 3: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg4">Argument 4: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg5">Argument 5: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg6">Argument 6: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg7">Argument 7: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="arg8">Argument 8: a value, or a <see cref="RemoteTensor"/>.</param>
    /// <param name="cancellationToken">Stops the call, at the server too.</param>
    public static Task<RemoteTensor> KeepAsync<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        this RemoteKernel<Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>> kernel,
        RemoteArgument<T1> arg1,
        RemoteArgument<T2> arg2,
        RemoteArgument<T3> arg3,
        RemoteArgument<T4> arg4,
        RemoteArgument<T5> arg5,
        RemoteArgument<T6> arg6,
        RemoteArgument<T7> arg7,
        RemoteArgument<T8> arg8,
        CancellationToken cancellationToken = default
    ) =>
        kernel.KeepAsync(
            cancellationToken,
            arg1.Value,
            arg2.Value,
            arg3.Value,
            arg4.Value,
            arg5.Value,
            arg6.Value,
            arg7.Value,
            arg8.Value
        );
}
