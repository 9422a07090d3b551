using System.Collections.Concurrent;
using Mlir.Backends.Gpu.Interop;

namespace Mlir.Backends.Gpu;

/// <summary>Code that was loaded onto a device. It stays there until the device is disposed. Thread-safe.</summary>
public sealed class GpuModule
{
    private readonly ConcurrentDictionary<string, GpuKernel> kernels = new();

    internal GpuModule(GpuDevice device, GpuCode code, nint handle)
    {
        Device = device;
        Code = code;
        Handle = handle;
    }

    /// <summary>The device.</summary>
    public GpuDevice Device { get; }

    /// <summary>The code.</summary>
    public GpuCode Code { get; }

    internal nint Handle { get; }

    /// <summary>A kernel of the module.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public GpuKernel GetKernel(string name) => kernels.GetOrAdd(name, Find);

    private GpuKernel Find(string name)
    {
        var info =
            Code.Kernels.FirstOrDefault(kernel => kernel.Name == name)
            ?? throw new ArgumentException(
                $"The code has no kernel '{name}'; it has {string.Join(", ", Code.Kernels.Select(static kernel => $"'{kernel.Name}'"))}.",
                nameof(name)
            );
        Device.Enter();
        var result = Device.Driver.ModuleGetFunction(out var handle, Handle, name, info.Parameters);
        if (result == DriverResult.NotFound)
        {
            throw new ArgumentException($"The kernel '{name}' was announced and is not in the code.", nameof(name));
        }

        Device.Check(result, nameof(IGpuDriver.ModuleGetFunction));
        return new GpuKernel(Device, info, handle);
    }
}
