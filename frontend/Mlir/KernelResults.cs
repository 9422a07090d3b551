using System.Runtime.CompilerServices;

namespace Mlir;

/// <summary>Calls that write their results into memory which the caller gives, as NumPy's <c>out=</c> does.</summary>
/// <remarks>
/// The destination has the type of the lambda's result: a <c>Tensor&lt;T&gt;</c>, or a tuple or struct of tensors, each of the shape of the result that
/// it takes. A destination may be one of the arguments: an elementwise kernel then works in place, others through scratch memory that is kept for the
/// next call. The destinations of one call must not overlap. What they hold after an exception is undefined. Nothing is allocated on the managed heap.
/// </remarks>
/// <example><code>
/// var step = Jit.Compile((Tensor&lt;double&gt; x, Tensor&lt;double&gt; v, double dt) => x + v * dt);
/// step.Into(x, x, v, 0.01);
/// </code></example>
public static class KernelResults
{
    /// <summary>Calls the kernel and has its result written into <paramref name="destination"/>.</summary>
    /// <typeparam name="TResult">The result's type: a tensor, or a tuple or struct of tensors.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="destination">The memory for the result.</param>
    /// <exception cref="ArgumentException">A destination has another shape than its result, or two overlap.</exception>
    /// <exception cref="NotSupportedException">A result is no tensor.</exception>
    public static void Into<TResult>(this Kernel<Func<TResult>> kernel, TResult destination) =>
        Unsafe.As<Action<TResult>>(Given(kernel).InvokeInto)(destination);

    /// <summary>Calls the kernel and has its result written into <paramref name="destination"/>.</summary>
    /// <typeparam name="T1">The type of argument 1.</typeparam>
    /// <typeparam name="TResult">The result's type: a tensor, or a tuple or struct of tensors.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="destination">The memory for the result.</param>
    /// <param name="a1">Argument 1.</param>
    /// <exception cref="ArgumentException">A destination has another shape than its result, or two overlap.</exception>
    /// <exception cref="NotSupportedException">A result is no tensor.</exception>
    public static void Into<T1, TResult>(this Kernel<Func<T1, TResult>> kernel, TResult destination, T1 a1) =>
        Unsafe.As<Action<TResult, T1>>(Given(kernel).InvokeInto)(destination, a1);

    /// <summary>Calls the kernel and has its result written into <paramref name="destination"/>.</summary>
    /// <typeparam name="T1">The type of argument 1.</typeparam>
    /// <typeparam name="T2">The type of argument 2.</typeparam>
    /// <typeparam name="TResult">The result's type: a tensor, or a tuple or struct of tensors.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="destination">The memory for the result.</param>
    /// <param name="a1">Argument 1.</param>
    /// <param name="a2">Argument 2.</param>
    /// <exception cref="ArgumentException">A destination has another shape than its result, or two overlap.</exception>
    /// <exception cref="NotSupportedException">A result is no tensor.</exception>
    public static void Into<T1, T2, TResult>(
        this Kernel<Func<T1, T2, TResult>> kernel,
        TResult destination,
        T1 a1,
        T2 a2
    ) => Unsafe.As<Action<TResult, T1, T2>>(Given(kernel).InvokeInto)(destination, a1, a2);

    /// <summary>Calls the kernel and has its result written into <paramref name="destination"/>.</summary>
    /// <typeparam name="T1">The type of argument 1.</typeparam>
    /// <typeparam name="T2">The type of argument 2.</typeparam>
    /// <typeparam name="T3">The type of argument 3.</typeparam>
    /// <typeparam name="TResult">The result's type: a tensor, or a tuple or struct of tensors.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="destination">The memory for the result.</param>
    /// <param name="a1">Argument 1.</param>
    /// <param name="a2">Argument 2.</param>
    /// <param name="a3">Argument 3.</param>
    /// <exception cref="ArgumentException">A destination has another shape than its result, or two overlap.</exception>
    /// <exception cref="NotSupportedException">A result is no tensor.</exception>
    public static void Into<T1, T2, T3, TResult>(
        this Kernel<Func<T1, T2, T3, TResult>> kernel,
        TResult destination,
        T1 a1,
        T2 a2,
        T3 a3
    ) => Unsafe.As<Action<TResult, T1, T2, T3>>(Given(kernel).InvokeInto)(destination, a1, a2, a3);

    /// <summary>Calls the kernel and has its result written into <paramref name="destination"/>.</summary>
    /// <typeparam name="T1">The type of argument 1.</typeparam>
    /// <typeparam name="T2">The type of argument 2.</typeparam>
    /// <typeparam name="T3">The type of argument 3.</typeparam>
    /// <typeparam name="T4">The type of argument 4.</typeparam>
    /// <typeparam name="TResult">The result's type: a tensor, or a tuple or struct of tensors.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="destination">The memory for the result.</param>
    /// <param name="a1">Argument 1.</param>
    /// <param name="a2">Argument 2.</param>
    /// <param name="a3">Argument 3.</param>
    /// <param name="a4">Argument 4.</param>
    /// <exception cref="ArgumentException">A destination has another shape than its result, or two overlap.</exception>
    /// <exception cref="NotSupportedException">A result is no tensor.</exception>
    public static void Into<T1, T2, T3, T4, TResult>(
        this Kernel<Func<T1, T2, T3, T4, TResult>> kernel,
        TResult destination,
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4
    ) => Unsafe.As<Action<TResult, T1, T2, T3, T4>>(Given(kernel).InvokeInto)(destination, a1, a2, a3, a4);

    /// <summary>Calls the kernel and has its result written into <paramref name="destination"/>.</summary>
    /// <typeparam name="T1">The type of argument 1.</typeparam>
    /// <typeparam name="T2">The type of argument 2.</typeparam>
    /// <typeparam name="T3">The type of argument 3.</typeparam>
    /// <typeparam name="T4">The type of argument 4.</typeparam>
    /// <typeparam name="T5">The type of argument 5.</typeparam>
    /// <typeparam name="TResult">The result's type: a tensor, or a tuple or struct of tensors.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="destination">The memory for the result.</param>
    /// <param name="a1">Argument 1.</param>
    /// <param name="a2">Argument 2.</param>
    /// <param name="a3">Argument 3.</param>
    /// <param name="a4">Argument 4.</param>
    /// <param name="a5">Argument 5.</param>
    /// <exception cref="ArgumentException">A destination has another shape than its result, or two overlap.</exception>
    /// <exception cref="NotSupportedException">A result is no tensor.</exception>
    public static void Into<T1, T2, T3, T4, T5, TResult>(
        this Kernel<Func<T1, T2, T3, T4, T5, TResult>> kernel,
        TResult destination,
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4,
        T5 a5
    ) => Unsafe.As<Action<TResult, T1, T2, T3, T4, T5>>(Given(kernel).InvokeInto)(destination, a1, a2, a3, a4, a5);

    /// <summary>Calls the kernel and has its result written into <paramref name="destination"/>.</summary>
    /// <typeparam name="T1">The type of argument 1.</typeparam>
    /// <typeparam name="T2">The type of argument 2.</typeparam>
    /// <typeparam name="T3">The type of argument 3.</typeparam>
    /// <typeparam name="T4">The type of argument 4.</typeparam>
    /// <typeparam name="T5">The type of argument 5.</typeparam>
    /// <typeparam name="T6">The type of argument 6.</typeparam>
    /// <typeparam name="TResult">The result's type: a tensor, or a tuple or struct of tensors.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="destination">The memory for the result.</param>
    /// <param name="a1">Argument 1.</param>
    /// <param name="a2">Argument 2.</param>
    /// <param name="a3">Argument 3.</param>
    /// <param name="a4">Argument 4.</param>
    /// <param name="a5">Argument 5.</param>
    /// <param name="a6">Argument 6.</param>
    /// <exception cref="ArgumentException">A destination has another shape than its result, or two overlap.</exception>
    /// <exception cref="NotSupportedException">A result is no tensor.</exception>
    public static void Into<T1, T2, T3, T4, T5, T6, TResult>(
        this Kernel<Func<T1, T2, T3, T4, T5, T6, TResult>> kernel,
        TResult destination,
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4,
        T5 a5,
        T6 a6
    ) =>
        Unsafe.As<Action<TResult, T1, T2, T3, T4, T5, T6>>(Given(kernel).InvokeInto)(
            destination,
            a1,
            a2,
            a3,
            a4,
            a5,
            a6
        );

    /// <summary>Calls the kernel and has its result written into <paramref name="destination"/>.</summary>
    /// <typeparam name="T1">The type of argument 1.</typeparam>
    /// <typeparam name="T2">The type of argument 2.</typeparam>
    /// <typeparam name="T3">The type of argument 3.</typeparam>
    /// <typeparam name="T4">The type of argument 4.</typeparam>
    /// <typeparam name="T5">The type of argument 5.</typeparam>
    /// <typeparam name="T6">The type of argument 6.</typeparam>
    /// <typeparam name="T7">The type of argument 7.</typeparam>
    /// <typeparam name="TResult">The result's type: a tensor, or a tuple or struct of tensors.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="destination">The memory for the result.</param>
    /// <param name="a1">Argument 1.</param>
    /// <param name="a2">Argument 2.</param>
    /// <param name="a3">Argument 3.</param>
    /// <param name="a4">Argument 4.</param>
    /// <param name="a5">Argument 5.</param>
    /// <param name="a6">Argument 6.</param>
    /// <param name="a7">Argument 7.</param>
    /// <exception cref="ArgumentException">A destination has another shape than its result, or two overlap.</exception>
    /// <exception cref="NotSupportedException">A result is no tensor.</exception>
    public static void Into<T1, T2, T3, T4, T5, T6, T7, TResult>(
        this Kernel<Func<T1, T2, T3, T4, T5, T6, T7, TResult>> kernel,
        TResult destination,
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4,
        T5 a5,
        T6 a6,
        T7 a7
    ) =>
        Unsafe.As<Action<TResult, T1, T2, T3, T4, T5, T6, T7>>(Given(kernel).InvokeInto)(
            destination,
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7
        );

    /// <summary>Calls the kernel and has its result written into <paramref name="destination"/>.</summary>
    /// <typeparam name="T1">The type of argument 1.</typeparam>
    /// <typeparam name="T2">The type of argument 2.</typeparam>
    /// <typeparam name="T3">The type of argument 3.</typeparam>
    /// <typeparam name="T4">The type of argument 4.</typeparam>
    /// <typeparam name="T5">The type of argument 5.</typeparam>
    /// <typeparam name="T6">The type of argument 6.</typeparam>
    /// <typeparam name="T7">The type of argument 7.</typeparam>
    /// <typeparam name="T8">The type of argument 8.</typeparam>
    /// <typeparam name="TResult">The result's type: a tensor, or a tuple or struct of tensors.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="destination">The memory for the result.</param>
    /// <param name="a1">Argument 1.</param>
    /// <param name="a2">Argument 2.</param>
    /// <param name="a3">Argument 3.</param>
    /// <param name="a4">Argument 4.</param>
    /// <param name="a5">Argument 5.</param>
    /// <param name="a6">Argument 6.</param>
    /// <param name="a7">Argument 7.</param>
    /// <param name="a8">Argument 8.</param>
    /// <exception cref="ArgumentException">A destination has another shape than its result, or two overlap.</exception>
    /// <exception cref="NotSupportedException">A result is no tensor.</exception>
    public static void Into<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        this Kernel<Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>> kernel,
        TResult destination,
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4,
        T5 a5,
        T6 a6,
        T7 a7,
        T8 a8
    ) =>
        Unsafe.As<Action<TResult, T1, T2, T3, T4, T5, T6, T7, T8>>(Given(kernel).InvokeInto)(
            destination,
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8
        );

    private static Kernel<TDelegate> Given<TDelegate>(Kernel<TDelegate> kernel)
        where TDelegate : Delegate
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return kernel;
    }
}
