using System.Runtime.InteropServices;
using static Mlir.Backends.Gpu.Interop.OpenClApi;

namespace Mlir.Backends.Gpu.Interop;

/// <summary>A device of an OpenCL platform.</summary>
internal sealed unsafe class OpenClDevice(nint id)
{
    private const uint MaxComputeUnits = 0x1002,
        MaxWorkGroupSize = 0x1004,
        GlobalMemSize = 0x101F,
        LocalMemSize = 0x1023,
        DeviceName = 0x102B,
        SvmCapabilities = 0x1053;

    public nint Id => id;

    /// <summary>Its context while somebody holds it; 0 otherwise.</summary>
    public nint Context { get; set; }

    /// <summary>How many hold its context.</summary>
    public int Retained { get; set; }

    public string Name
    {
        get
        {
            const int Length = 256;
            var text = stackalloc byte[Length];
            return clGetDeviceInfo(id, DeviceName, Length, text, null) == 0
                ? Marshal.PtrToStringUTF8((nint)text)!.Trim()
                : "";
        }
    }

    public ulong MemoryBytes => Ask(GlobalMemSize);

    public int ComputeUnits => (int)Ask(MaxComputeUnits);

    public int MaxWorkGroup => (int)Ask(MaxWorkGroupSize);

    public int LocalBytes => (int)Math.Min(Ask(LocalMemSize), int.MaxValue);

    /// <summary>Whether memory has addresses that the host knows.</summary>
    public bool HasSharedMemory => (Ask(SvmCapabilities) & 1) != 0;

    private ulong Ask(uint what)
    {
        ulong value = 0; // narrower answers fill its low bytes
        return clGetDeviceInfo(id, what, sizeof(ulong), &value, null) == 0 ? value : 0;
    }
}
