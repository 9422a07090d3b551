using System.Runtime.InteropServices;

namespace Mlir.Backends.Gpu.Interop;

/// <summary>
/// The CUDA driver API under its own names, each signature once. Device pointers are <c>ulong</c>, handles <c>nint</c>. Where a function has a
/// <c>_v2</c> form, the plain name is the ABI of 32-bit device pointers and is never bound.
/// </summary>
internal static unsafe partial class CudaApi
{
    private const string Library = NativeLibraries.Cuda;

    // Driver, devices, contexts

    [LibraryImport(Library)]
    public static partial DriverResult cuInit(uint flags);

    [LibraryImport(Library)]
    public static partial DriverResult cuDriverGetVersion(out int version);

    [LibraryImport(Library)]
    public static partial DriverResult cuGetErrorName(DriverResult error, byte** name);

    [LibraryImport(Library)]
    public static partial DriverResult cuDeviceGetCount(out int count);

    [LibraryImport(Library)]
    public static partial DriverResult cuDeviceGet(out int device, int ordinal);

    [LibraryImport(Library)]
    public static partial DriverResult cuDeviceGetName(byte* name, int length, int device);

    [LibraryImport(Library)]
    public static partial DriverResult cuDeviceGetAttribute(out int value, DeviceAttribute attribute, int device);

    [LibraryImport(Library)]
    public static partial DriverResult cuDeviceTotalMem_v2(nuint* bytes, int device);

    [LibraryImport(Library)]
    public static partial DriverResult cuDeviceCanAccessPeer(int* can, int device, int peer);

    [LibraryImport(Library)]
    public static partial DriverResult cuDevicePrimaryCtxRetain(out nint context, int device);

    [LibraryImport(Library)]
    public static partial DriverResult cuDevicePrimaryCtxRelease_v2(int device);

    [LibraryImport(Library)]
    public static partial DriverResult cuCtxSetCurrent(nint context);

    [LibraryImport(Library)]
    public static partial DriverResult cuCtxEnablePeerAccess(nint peer, uint flags);

    // Modules, functions

    [LibraryImport(Library)]
    public static partial DriverResult cuModuleLoadDataEx(
        nint* module,
        void* image,
        uint count,
        int* options,
        void** values
    );

    [LibraryImport(Library)]
    public static partial DriverResult cuModuleUnload(nint module);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial DriverResult cuModuleGetFunction(out nint function, nint module, string name);

    [LibraryImport(Library)]
    public static partial DriverResult cuFuncGetAttribute(out int value, FunctionAttribute attribute, nint function);

    [LibraryImport(Library)]
    public static partial DriverResult cuFuncSetAttribute(nint function, FunctionAttribute attribute, int value);

    [LibraryImport(Library)]
    public static partial DriverResult cuOccupancyMaxActiveBlocksPerMultiprocessor(
        out int blocks,
        nint function,
        int threads,
        nuint sharedBytes
    );

    // Memory

    [LibraryImport(Library)]
    public static partial DriverResult cuMemAlloc_v2(ulong* address, nuint bytes);

    [LibraryImport(Library)]
    public static partial DriverResult cuMemFree_v2(ulong address);

    [LibraryImport(Library)]
    public static partial DriverResult cuMemHostAlloc(void** memory, nuint bytes, uint flags);

    [LibraryImport(Library)]
    public static partial DriverResult cuMemFreeHost(void* memory);

    [LibraryImport(Library)]
    public static partial DriverResult cuMemcpyHtoDAsync_v2(ulong to, void* from, nuint bytes, nint stream);

    [LibraryImport(Library)]
    public static partial DriverResult cuMemcpyDtoHAsync_v2(void* to, ulong from, nuint bytes, nint stream);

    [LibraryImport(Library)]
    public static partial DriverResult cuMemcpyDtoDAsync_v2(ulong to, ulong from, nuint bytes, nint stream);

    [LibraryImport(Library)]
    public static partial DriverResult cuMemcpyPeerAsync(
        ulong to,
        nint toContext,
        ulong from,
        nint fromContext,
        nuint bytes,
        nint stream
    );

    [LibraryImport(Library)]
    public static partial DriverResult cuMemsetD8Async(ulong to, byte value, nuint bytes, nint stream);

    // Streams, events

    [LibraryImport(Library)]
    public static partial DriverResult cuStreamCreateWithPriority(out nint stream, uint flags, int priority);

    [LibraryImport(Library)]
    public static partial DriverResult cuStreamDestroy_v2(nint stream);

    [LibraryImport(Library)]
    public static partial DriverResult cuStreamSynchronize(nint stream);

    [LibraryImport(Library)]
    public static partial DriverResult cuStreamQuery(nint stream);

    [LibraryImport(Library)]
    public static partial DriverResult cuStreamWaitEvent(nint stream, nint @event, uint flags);

    [LibraryImport(Library)]
    public static partial DriverResult cuEventCreate(out nint @event, uint flags);

    [LibraryImport(Library)]
    public static partial DriverResult cuEventRecord(nint @event, nint stream);

    [LibraryImport(Library)]
    public static partial DriverResult cuEventQuery(nint @event);

    [LibraryImport(Library)]
    public static partial DriverResult cuEventSynchronize(nint @event);

    [LibraryImport(Library)]
    public static partial DriverResult cuEventElapsedTime(out float milliseconds, nint start, nint end);

    [LibraryImport(Library)]
    public static partial DriverResult cuEventDestroy_v2(nint @event);

    // Launches, graphs

    [LibraryImport(Library)]
    public static partial DriverResult cuLaunchKernel(
        nint function,
        uint gridX,
        uint gridY,
        uint gridZ,
        uint blockX,
        uint blockY,
        uint blockZ,
        uint sharedBytes,
        nint stream,
        void** arguments,
        void** extra
    );

    [LibraryImport(Library)]
    public static partial DriverResult cuLaunchHostFunc(
        nint stream,
        delegate* unmanaged<nint, void> function,
        nint data
    );

    [LibraryImport(Library)]
    public static partial DriverResult cuStreamBeginCapture_v2(nint stream, int mode);

    [LibraryImport(Library)]
    public static partial DriverResult cuStreamEndCapture(nint stream, out nint graph);

    [LibraryImport(Library)]
    public static partial DriverResult cuGraphInstantiateWithFlags(out nint executable, nint graph, ulong flags);

    [LibraryImport(Library)]
    public static partial DriverResult cuGraphLaunch(nint executable, nint stream);

    [LibraryImport(Library)]
    public static partial DriverResult cuGraphExecDestroy(nint executable);

    [LibraryImport(Library)]
    public static partial DriverResult cuGraphDestroy(nint graph);
}
