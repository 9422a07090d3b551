using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mlir.Backends.Gpu.Memory;

namespace Mlir.Backends.Gpu;

/// <summary>
/// A prepared launch: a kernel, a size, and arguments that stay until they are set anew. Launching allocates nothing. Not for several threads at once.
/// </summary>
public sealed unsafe class GpuLaunch : IDisposable
{
    private const int SlotBytes = 8;

    private readonly GpuKernel kernel;
    private readonly GpuGrid grid;
    private readonly DeviceBuffer?[] buffers;
    private readonly bool[] isSet;
    private byte* values; // a slot for each argument, then the addresses of the slots
    private int unset;

    internal GpuLaunch(GpuKernel kernel, GpuGrid grid)
    {
        this.kernel = kernel;
        this.grid = grid;
        var count = kernel.Info.Parameters.Length;
        buffers = new DeviceBuffer?[count];
        isSet = new bool[count];
        unset = count;
        values = (byte*)NativeMemory.AllocZeroed((nuint)Math.Max(1, count), (nuint)(SlotBytes + sizeof(void*)));
        for (var i = 0; i < count; i++)
        {
            Addresses[i] = values + i * SlotBytes;
        }
    }

    private void** Addresses => (void**)(values + buffers.Length * SlotBytes);

    /// <summary>Sets an array; it must live until the launch was put in.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="index">The number of the parameter.</param>
    /// <param name="array">The array.</param>
    /// <returns>This launch.</returns>
    /// <exception cref="ArgumentException">The parameter takes no array, or the array is on another device.</exception>
    public GpuLaunch Set<T>(int index, GpuArray<T> array)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        if (Parameter(index) is not (GpuParameter.Input or GpuParameter.Output) and var kind)
        {
            throw new ArgumentException($"Parameter {index} of '{kernel.Name}' is a {kind}, not an array.");
        }

        if (array.Device != kernel.Device)
        {
            throw new ArgumentException(
                $"The array is on {array.Device.Id}, the kernel on {kernel.Device.Id}: copy it with To(device)."
            );
        }

        buffers[index] = array.Buffer;
        Note(index);
        return this;
    }

    /// <summary>Sets a number.</summary>
    /// <typeparam name="T">Its type, as large as the parameter.</typeparam>
    /// <param name="index">The number of the parameter.</param>
    /// <param name="value">The number.</param>
    /// <returns>This launch.</returns>
    /// <exception cref="ArgumentException">The parameter takes an array, or a number of another size.</exception>
    public GpuLaunch Set<T>(int index, T value)
        where T : unmanaged
    {
        var kind = Parameter(index);
        if (SizeOf(kind) != Unsafe.SizeOf<T>())
        {
            throw new ArgumentException(
                $"Parameter {index} of '{kernel.Name}' is a {kind}, not a {typeof(T).Name} of {Unsafe.SizeOf<T>()} bytes."
            );
        }

        Unsafe.WriteUnaligned(values + index * SlotBytes, value);
        Note(index);
        return this;
    }

    /// <summary>Puts the launch into a stream, and does not wait for it. A size of no blocks launches nothing.</summary>
    /// <param name="stream">The stream; null for the device's own.</param>
    /// <exception cref="InvalidOperationException">An argument was not set.</exception>
    /// <exception cref="KernelFaultException">A kernel before it failed.</exception>
    /// <exception cref="DeviceLostException">The device was lost.</exception>
    public void Launch(GpuStream? stream = null)
    {
        ObjectDisposedException.ThrowIf(values is null, this);
        if (unset > 0)
        {
            throw new InvalidOperationException(
                $"Parameter {Array.IndexOf(isSet, false)} of '{kernel.Name}' was not set."
            );
        }

        if (grid.IsEmpty)
        {
            return;
        }

        var target = stream ?? kernel.Device.DefaultStream;
        if (target.Device != kernel.Device)
        {
            throw new ArgumentException(
                $"The stream is one of {target.Device.Id}, the kernel is on {kernel.Device.Id}."
            );
        }

        for (var i = 0; i < buffers.Length; i++)
        {
            if (buffers[i] is { } buffer)
            {
                var writes = kernel.Info.Parameters[i] == GpuParameter.Output;
                *(ulong*)(values + i * SlotBytes) = buffer.UseIn(target, writes);
            }
        }

        lock (target.Gate)
        {
            target.Enter();
            target.Launch(kernel, grid, Addresses);
        }
    }

    /// <summary>Frees the arguments.</summary>
    public void Dispose()
    {
        NativeMemory.Free(values);
        values = null;
    }

    /// <summary>The bytes of a number; 0 for an array.</summary>
    internal static int SizeOf(GpuParameter parameter) =>
        parameter switch
        {
            GpuParameter.Scalar8 => 1,
            GpuParameter.Scalar16 => 2,
            GpuParameter.Scalar32 => 4,
            GpuParameter.Scalar64 => 8,
            _ => 0,
        };

    private GpuParameter Parameter(int index)
    {
        ObjectDisposedException.ThrowIf(values is null, this);
        var parameters = kernel.Info.Parameters;
        return (uint)index < (uint)parameters.Length
            ? parameters[index]
            : throw new ArgumentOutOfRangeException(
                nameof(index),
                $"'{kernel.Name}' has {parameters.Length} parameters."
            );
    }

    private void Note(int index)
    {
        if (!isSet[index])
        {
            isSet[index] = true;
            unset--;
        }
    }
}
