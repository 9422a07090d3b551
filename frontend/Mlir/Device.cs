using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Gpu;
using Mlir.Backends.Interpreter;

namespace Mlir;

/// <summary>Where lambdas run: passed to <c>Compile</c> in place of options.</summary>
/// <example><code>
/// var price = Jit.Compile((Tensor&lt;float&gt; s, float r) => Tensor.Exp&lt;float&gt;(-r * s), Device.Gpu());
/// </code></example>
/// <remarks>What was asked for by name runs there or throws; only <see cref="Best"/> looks for something else.</remarks>
public sealed class Device
{
    /// <summary>The environment variable that names the device that <see cref="Best"/> takes, for example <c>cpu</c>, <c>cuda:1</c>, <c>ptx</c>.</summary>
    public const string Variable = "MLIR_DEVICE";

    // Devices that are no target of the default compiler have a compiler of their own, one for the whole process.
    private static readonly ConcurrentDictionary<string, Compiler> Compilers = new();

    private readonly Compiler? compiler;
    private string? alternative;

    private Device(string name, Compiler? compiler = null)
    {
        Name = name;
        this.compiler = compiler;
    }

    /// <summary>This machine's processor.</summary>
    public static Device Cpu { get; } = new(CpuBackend.Name);

    /// <summary>The interpreter.</summary>
    public static Device Interpreter { get; } = new(InterpreterBackend.Name);

    /// <summary>The PTX machine, which runs the very code of NVIDIA's GPUs, slowly and with every check.</summary>
    public static Device PtxMachine { get; } = new(GpuDevices.PtxMachine);

    /// <summary>
    /// The device that <see cref="Variable"/> names. Without it, where NVIDIA's driver finds a GPU, that one or this machine's processor, whichever takes
    /// less time for a call, copies there and back included; values that were uploaded stay on the GPU. Where there is none, the processor. A line of
    /// <see cref="Trace"/> says what was chosen, for each kernel, and why.
    /// </summary>
    /// <remarks>
    /// The time is estimated, from what <see cref="Kernel{TDelegate}.Explain"/> counts and from the figures of both; where the sizes of a kernel's loops
    /// depend on more than the shapes of its arguments, it runs on the processor.
    /// </remarks>
    /// <exception cref="DeviceUnavailableException">The variable names a device that cannot be used.</exception>
    public static Device Best
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } wished)
            {
                return Named(wished);
            }

            if (Jit.Compiler.GetBackend(GpuBackend.Name).WhyUnavailable() is not { } reason)
            {
                return new Device(GpuBackend.Name) { alternative = CpuBackend.Name };
            }

            var fallback = Jit.Compiler.GetBackend(CpuBackend.Name).WhyUnavailable() is null ? Cpu : Interpreter;
            Trace.TraceInformation($"There is no GPU ({reason}): '{fallback}' is used instead.");
            return fallback;
        }
    }

    /// <summary>The device's memory and streams; null where lambdas run in the host's memory.</summary>
    internal GpuDevice? Runtime =>
        (compiler ?? Jit.Compiler).GetBackend(Name).IsDevice ? GpuBackend.DeviceOf(Name) : null;

    /// <summary>The name of the target, for example <c>cpu</c>, <c>gpu</c>, <c>cuda:1</c>.</summary>
    public string Name { get; }

    /// <summary>One of NVIDIA's GPUs.</summary>
    /// <param name="ordinal">Its number.</param>
    /// <exception cref="DeviceUnavailableException">It is not there, or cannot be used; the message says why.</exception>
    public static Device Gpu(int ordinal = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        return Named(ordinal == 0 ? GpuBackend.Name : string.Create(CultureInfo.InvariantCulture, $"cuda:{ordinal}"));
    }

    /// <summary>A device by its name, as <c>mlir devices</c> lists it; <c>gpu</c> is NVIDIA's first GPU.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="DeviceUnavailableException">It is not there, or cannot be used; the message says why.</exception>
    public static Device Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var known = Jit.Compiler.Backends.FirstOrDefault(backend => backend.Name == name);
        if ((known ?? GpuBackend.Create(name)).WhyUnavailable() is { } reason)
        {
            throw new DeviceUnavailableException(name, reason);
        }

        return known is not null
            ? new Device(name)
            : new Device(name, Compilers.GetOrAdd(name, static id => new CompilerBuilder().UseGpu(id).Build()));
    }

    /// <summary>Copies a value to this device, where it stays until it is disposed.</summary>
    /// <typeparam name="T">A type that lambdas take: a tensor, an array, a scalar, a string, or a struct or tuple of these.</typeparam>
    /// <param name="value">The value; it was read when this returns.</param>
    /// <exception cref="DeviceOutOfMemoryException">The device has not so much memory.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public DeviceValue<T> Upload<T>(T value) => ((DeviceValue<T>)value).To(this);

    /// <summary>As <see cref="Upload"/>, without blocking a thread.</summary>
    /// <typeparam name="T">As for <see cref="Upload"/>.</typeparam>
    /// <param name="value">The value; not to be changed before the task has completed.</param>
    /// <param name="cancellation">Stops after the parts that are under way.</param>
    /// <exception cref="DeviceOutOfMemoryException">The device has not so much memory.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public Task<DeviceValue<T>> UploadAsync<T>(T value, CancellationToken cancellation = default) =>
        ((DeviceValue<T>)value).ToAsync(this, cancellation);

    /// <summary>Options that compile for a device, and are the usual otherwise.</summary>
    /// <param name="device">The device.</param>
    public static implicit operator JitOptions(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.On(JitOptions.Default);
    }

    /// <summary>Options that compile for this device.</summary>
    /// <param name="options">What they are otherwise.</param>
    public JitOptions On(JitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { Target = Name, Compiler = compiler, Alternative = alternative };
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
