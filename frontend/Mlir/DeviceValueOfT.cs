using Mlir.Backends.Gpu;
using Mlir.Backends.Gpu.Memory;
using Mlir.Execution;
using Mlir.Frontend.Layouts;

namespace Mlir;

/// <summary>
/// A value that lambdas take or return whose arrays lie on a device, until it is disposed. What is no array, such as a number, is with the value
/// itself.
/// </summary>
/// <example><code>
/// var device = Device.Gpu();
/// var step = Jit.Compile((Tensor&lt;float&gt; x, float dt) => x + dt * Tensor.Sin&lt;float&gt;(x), device);
/// using var x = device.Upload(numbers);
/// using var y = step.OnDevice(x, 0.01f);
/// using var z = step.OnDevice(y, 0.01f); // nothing is copied in between
/// Tensor&lt;float&gt; result = z.ToHost();
/// </code></example>
/// <remarks>
/// On the CPU and the interpreter it holds a copy in the host's memory, so that the same program runs there. Kernels do not change their arguments.
/// Nothing is freed by a finaliser.
/// </remarks>
/// <typeparam name="T">The value's type: a tensor, an array, a scalar, a string, or a struct or tuple of these.</typeparam>
public sealed class DeviceValue<T> : IDeviceValue, IDisposable
{
    private static readonly TypeLayout Layout = TypeLayout.Of(typeof(T));

    private readonly object[] _leaves;

    internal DeviceValue(object[] leaves) => _leaves = leaves;

    ReadOnlySpan<object> IDeviceValue.Leaves => _leaves;

    /// <summary>The name of the device that holds its arrays, for example <c>cuda:0</c>; null when they lie in the host's memory, or there are none.</summary>
    public string? Device => _leaves.OfType<IDeviceArray>().FirstOrDefault()?.Buffer.Device.Id;

    /// <summary>A value of the host, where one of a device is taken: a scalar is passed, an array copied there for that call.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator DeviceValue<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new DeviceValue<T>(Layout.Read(value));
    }

    /// <summary>A copy on the host, when everything that it is made of is done.</summary>
    /// <exception cref="ObjectDisposedException">The value was disposed.</exception>
    /// <exception cref="KernelFaultException">A kernel before it failed.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public T ToHost() => (T)Layout.Build(LeafCopies.Make(Layout, _leaves, target: null));

    /// <summary>A copy on the host, without blocking a thread.</summary>
    /// <param name="cancellation">Stops after the parts that are under way.</param>
    /// <exception cref="ObjectDisposedException">The value was disposed.</exception>
    /// <exception cref="KernelFaultException">A kernel before it failed.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public async Task<T> ToHostAsync(CancellationToken cancellation = default) =>
        (T)Layout.Build(await LeafCopies.MakeAsync(Layout, _leaves, target: null, cancellation).ConfigureAwait(false));

    /// <summary>A copy on a device.</summary>
    /// <param name="device">The device; the value's own gives a copy beside it.</param>
    /// <exception cref="DeviceOutOfMemoryException">That device has not so much memory.</exception>
    /// <exception cref="DeviceLostException">One of the devices was lost.</exception>
    public DeviceValue<T> To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new DeviceValue<T>(LeafCopies.Make(Layout, _leaves, device.Runtime));
    }

    /// <summary>A copy on a device, of what lies on the host without blocking a thread.</summary>
    /// <param name="device">The device; the value's own gives a copy beside it.</param>
    /// <param name="cancellation">Stops after the parts that are under way.</param>
    /// <exception cref="DeviceOutOfMemoryException">That device has not so much memory.</exception>
    /// <exception cref="DeviceLostException">One of the devices was lost.</exception>
    public async Task<DeviceValue<T>> ToAsync(Device device, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new DeviceValue<T>(
            await LeafCopies.MakeAsync(Layout, _leaves, device.Runtime, cancellation).ConfigureAwait(false)
        );
    }

    /// <summary>Completes when everything that the value is made of is done.</summary>
    /// <param name="cancellation">Stops the waiting.</param>
    /// <returns>Fails with a <see cref="KernelFaultException"/> or a <see cref="DeviceLostException"/> when it never will be.</returns>
    public Task WhenReadyAsync(CancellationToken cancellation = default) =>
        Task.WhenAll(_leaves.OfType<IDeviceArray>().Select(array => array.Buffer.Writer.WhenDoneAsync(cancellation)));

    /// <summary>Gives the memory back; work that was put in before still may use it.</summary>
    public void Dispose()
    {
        LeafCopies.Free(_leaves);
    }

    /// <summary>The value itself, for a kernel that runs on the host.</summary>
    /// <exception cref="ArgumentException">It lies elsewhere.</exception>
    internal T Here() =>
        Device is { } elsewhere
            ? throw new ArgumentException(
                $"The kernel runs in the host's memory, and the value is on {elsewhere}: copy it with ToHost()."
            )
            : (T)Layout.Build(_leaves);

    /// <summary>For example <c>Single[1000, 1000] on cuda:0</c>.</summary>
    public override string ToString() => string.Join("; ", _leaves.Select(static leaf => leaf.ToString()));
}
