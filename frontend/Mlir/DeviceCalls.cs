using Mlir.Backends.Gpu;

namespace Mlir;

/// <summary>
/// Calls that leave their results where they were computed. Arguments that lie there already are not copied, values of the host are, for that call;
/// so are arrays that the lambda captures.
/// </summary>
/// <remarks>
/// A call puts the work in and returns; it waits only for kernels that can fail, such as one that divides integers, and for results that are
/// scalars. The caller disposes the result; arguments may be disposed as soon as the call has returned.
/// On the CPU and the interpreter the results are in the host's memory.
/// </remarks>
/// <example><code>
/// using var x = device.Upload(numbers);
/// using var y = scale.OnDevice(x, 0.5f);
/// Tensor&lt;float&gt; result = sum.OnDevice(y).ToHost();
/// </code></example>
public static class DeviceCalls
{
    /// <summary>Calls the kernel; its result stays on the device.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <exception cref="ArgumentException">An argument lies on another device, or does not fit.</exception>
    /// <exception cref="DeviceOutOfMemoryException">The device has not the memory.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public static DeviceValue<TResult> OnDevice<TResult>(this Kernel<Func<TResult>> kernel) =>
        kernel.OnDevice(k => k());

    /// <inheritdoc cref="OnDevice{TResult}(Kernel{Func{TResult}})"/>
    public static DeviceValue<TResult> OnDevice<T1, TResult>(
        this Kernel<Func<T1, TResult>> kernel,
        DeviceValue<T1> a1
    ) => kernel.OnDevice(k => k(a1.Here()), a1);

    /// <inheritdoc cref="OnDevice{TResult}(Kernel{Func{TResult}})"/>
    public static DeviceValue<TResult> OnDevice<T1, T2, TResult>(
        this Kernel<Func<T1, T2, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2
    ) => kernel.OnDevice(k => k(a1.Here(), a2.Here()), a1, a2);

    /// <inheritdoc cref="OnDevice{TResult}(Kernel{Func{TResult}})"/>
    public static DeviceValue<TResult> OnDevice<T1, T2, T3, TResult>(
        this Kernel<Func<T1, T2, T3, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2,
        DeviceValue<T3> a3
    ) => kernel.OnDevice(k => k(a1.Here(), a2.Here(), a3.Here()), a1, a2, a3);

    /// <inheritdoc cref="OnDevice{TResult}(Kernel{Func{TResult}})"/>
    public static DeviceValue<TResult> OnDevice<T1, T2, T3, T4, TResult>(
        this Kernel<Func<T1, T2, T3, T4, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2,
        DeviceValue<T3> a3,
        DeviceValue<T4> a4
    ) => kernel.OnDevice(k => k(a1.Here(), a2.Here(), a3.Here(), a4.Here()), a1, a2, a3, a4);

    /// <inheritdoc cref="OnDevice{TResult}(Kernel{Func{TResult}})"/>
    public static DeviceValue<TResult> OnDevice<T1, T2, T3, T4, T5, TResult>(
        this Kernel<Func<T1, T2, T3, T4, T5, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2,
        DeviceValue<T3> a3,
        DeviceValue<T4> a4,
        DeviceValue<T5> a5
    ) => kernel.OnDevice(k => k(a1.Here(), a2.Here(), a3.Here(), a4.Here(), a5.Here()), a1, a2, a3, a4, a5);

    /// <inheritdoc cref="OnDevice{TResult}(Kernel{Func{TResult}})"/>
    public static DeviceValue<TResult> OnDevice<T1, T2, T3, T4, T5, T6, TResult>(
        this Kernel<Func<T1, T2, T3, T4, T5, T6, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2,
        DeviceValue<T3> a3,
        DeviceValue<T4> a4,
        DeviceValue<T5> a5,
        DeviceValue<T6> a6
    ) =>
        kernel.OnDevice(
            k => k(a1.Here(), a2.Here(), a3.Here(), a4.Here(), a5.Here(), a6.Here()),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6
        );

    /// <inheritdoc cref="OnDevice{TResult}(Kernel{Func{TResult}})"/>
    public static DeviceValue<TResult> OnDevice<T1, T2, T3, T4, T5, T6, T7, TResult>(
        this Kernel<Func<T1, T2, T3, T4, T5, T6, T7, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2,
        DeviceValue<T3> a3,
        DeviceValue<T4> a4,
        DeviceValue<T5> a5,
        DeviceValue<T6> a6,
        DeviceValue<T7> a7
    ) =>
        kernel.OnDevice(
            k => k(a1.Here(), a2.Here(), a3.Here(), a4.Here(), a5.Here(), a6.Here(), a7.Here()),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7
        );

    /// <inheritdoc cref="OnDevice{TResult}(Kernel{Func{TResult}})"/>
    public static DeviceValue<TResult> OnDevice<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        this Kernel<Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2,
        DeviceValue<T3> a3,
        DeviceValue<T4> a4,
        DeviceValue<T5> a5,
        DeviceValue<T6> a6,
        DeviceValue<T7> a7,
        DeviceValue<T8> a8
    ) =>
        kernel.OnDevice(
            k => k(a1.Here(), a2.Here(), a3.Here(), a4.Here(), a5.Here(), a6.Here(), a7.Here(), a8.Here()),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8
        );

    /// <summary>Calls the kernel; its result stays on the device, and is there when the task completes. No thread waits.</summary>
    /// <typeparam name="TResult">The result's type.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="cancellation">Gives up the waiting; the work goes on.</param>
    /// <exception cref="ArgumentException">An argument lies on another device, or does not fit.</exception>
    /// <exception cref="DeviceOutOfMemoryException">The device has not the memory.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public static Task<DeviceValue<TResult>> OnDeviceAsync<TResult>(
        this Kernel<Func<TResult>> kernel,
        CancellationToken cancellation = default
    ) => kernel.OnDeviceAsync(k => k(), cancellation);

    /// <inheritdoc cref="OnDeviceAsync{TResult}(Kernel{Func{TResult}}, CancellationToken)"/>
    public static Task<DeviceValue<TResult>> OnDeviceAsync<T1, TResult>(
        this Kernel<Func<T1, TResult>> kernel,
        DeviceValue<T1> a1,
        CancellationToken cancellation = default
    ) => kernel.OnDeviceAsync(k => k(a1.Here()), cancellation, a1);

    /// <inheritdoc cref="OnDeviceAsync{TResult}(Kernel{Func{TResult}}, CancellationToken)"/>
    public static Task<DeviceValue<TResult>> OnDeviceAsync<T1, T2, TResult>(
        this Kernel<Func<T1, T2, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2,
        CancellationToken cancellation = default
    ) => kernel.OnDeviceAsync(k => k(a1.Here(), a2.Here()), cancellation, a1, a2);

    /// <inheritdoc cref="OnDeviceAsync{TResult}(Kernel{Func{TResult}}, CancellationToken)"/>
    public static Task<DeviceValue<TResult>> OnDeviceAsync<T1, T2, T3, TResult>(
        this Kernel<Func<T1, T2, T3, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2,
        DeviceValue<T3> a3,
        CancellationToken cancellation = default
    ) => kernel.OnDeviceAsync(k => k(a1.Here(), a2.Here(), a3.Here()), cancellation, a1, a2, a3);

    /// <inheritdoc cref="OnDeviceAsync{TResult}(Kernel{Func{TResult}}, CancellationToken)"/>
    public static Task<DeviceValue<TResult>> OnDeviceAsync<T1, T2, T3, T4, TResult>(
        this Kernel<Func<T1, T2, T3, T4, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2,
        DeviceValue<T3> a3,
        DeviceValue<T4> a4,
        CancellationToken cancellation = default
    ) => kernel.OnDeviceAsync(k => k(a1.Here(), a2.Here(), a3.Here(), a4.Here()), cancellation, a1, a2, a3, a4);

    /// <inheritdoc cref="OnDeviceAsync{TResult}(Kernel{Func{TResult}}, CancellationToken)"/>
    public static Task<DeviceValue<TResult>> OnDeviceAsync<T1, T2, T3, T4, T5, TResult>(
        this Kernel<Func<T1, T2, T3, T4, T5, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2,
        DeviceValue<T3> a3,
        DeviceValue<T4> a4,
        DeviceValue<T5> a5,
        CancellationToken cancellation = default
    ) =>
        kernel.OnDeviceAsync(
            k => k(a1.Here(), a2.Here(), a3.Here(), a4.Here(), a5.Here()),
            cancellation,
            a1,
            a2,
            a3,
            a4,
            a5
        );

    /// <inheritdoc cref="OnDeviceAsync{TResult}(Kernel{Func{TResult}}, CancellationToken)"/>
    public static Task<DeviceValue<TResult>> OnDeviceAsync<T1, T2, T3, T4, T5, T6, TResult>(
        this Kernel<Func<T1, T2, T3, T4, T5, T6, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2,
        DeviceValue<T3> a3,
        DeviceValue<T4> a4,
        DeviceValue<T5> a5,
        DeviceValue<T6> a6,
        CancellationToken cancellation = default
    ) =>
        kernel.OnDeviceAsync(
            k => k(a1.Here(), a2.Here(), a3.Here(), a4.Here(), a5.Here(), a6.Here()),
            cancellation,
            a1,
            a2,
            a3,
            a4,
            a5,
            a6
        );

    /// <inheritdoc cref="OnDeviceAsync{TResult}(Kernel{Func{TResult}}, CancellationToken)"/>
    public static Task<DeviceValue<TResult>> OnDeviceAsync<T1, T2, T3, T4, T5, T6, T7, TResult>(
        this Kernel<Func<T1, T2, T3, T4, T5, T6, T7, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2,
        DeviceValue<T3> a3,
        DeviceValue<T4> a4,
        DeviceValue<T5> a5,
        DeviceValue<T6> a6,
        DeviceValue<T7> a7,
        CancellationToken cancellation = default
    ) =>
        kernel.OnDeviceAsync(
            k => k(a1.Here(), a2.Here(), a3.Here(), a4.Here(), a5.Here(), a6.Here(), a7.Here()),
            cancellation,
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7
        );

    /// <inheritdoc cref="OnDeviceAsync{TResult}(Kernel{Func{TResult}}, CancellationToken)"/>
    public static Task<DeviceValue<TResult>> OnDeviceAsync<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(
        this Kernel<Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>> kernel,
        DeviceValue<T1> a1,
        DeviceValue<T2> a2,
        DeviceValue<T3> a3,
        DeviceValue<T4> a4,
        DeviceValue<T5> a5,
        DeviceValue<T6> a6,
        DeviceValue<T7> a7,
        DeviceValue<T8> a8,
        CancellationToken cancellation = default
    ) =>
        kernel.OnDeviceAsync(
            k => k(a1.Here(), a2.Here(), a3.Here(), a4.Here(), a5.Here(), a6.Here(), a7.Here(), a8.Here()),
            cancellation,
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8
        );
}
