using System.Collections.Immutable;

namespace Mlir.Backends.Gpu.Interop;

/// <summary>
/// What the runtime asks of a driver: the calls of the CUDA driver under their own names and with their own meaning. The
/// real driver, its double and OpenCL implement it, so that one runtime stands on all three.
/// </summary>
/// <remarks>
/// Handles are opaque numbers of the driver. Contexts belong to threads: <see cref="CtxSetCurrent"/> comes first on every
/// entry. Nothing here throws; what fails says so by its result.
/// </remarks>
internal unsafe interface IGpuDriver
{
    /// <summary>The kind of the driver's devices, by which users choose them: <c>cuda</c>, <c>ptx</c>, <c>opencl</c>.</summary>
    string Kind { get; }

    /// <summary>The form of code that the driver loads.</summary>
    GpuCodeFormat CodeFormat { get; }

    /// <summary>Whether streams can be captured into graphs.</summary>
    bool HasGraphs { get; }

    /// <summary>The oldest version that has everything that is called here, in the numbers of <see cref="DriverGetVersion"/>.</summary>
    int OldestVersion { get; }

    /// <summary>A result's name, as the driver's documentation has it.</summary>
    string NameOf(DriverResult result);

    /// <summary>What went wrong in a context that was lost, where the driver knows more than the result; else null.</summary>
    string? FaultOf(nint context);

    DriverResult Init();

    /// <summary>1000 × major + 10 × minor.</summary>
    DriverResult DriverGetVersion(out int version);

    DriverResult DeviceGetCount(out int count);

    DriverResult DeviceGet(out int device, int ordinal);

    DriverResult DeviceGetName(out string name, int device);

    DriverResult DeviceGetAttribute(out int value, DeviceAttribute attribute, int device);

    DriverResult DeviceTotalMem(out ulong bytes, int device);

    DriverResult DeviceCanAccessPeer(out bool can, int device, int peer);

    DriverResult DevicePrimaryCtxRetain(out nint context, int device);

    DriverResult DevicePrimaryCtxRelease(int device);

    DriverResult CtxSetCurrent(nint context);

    DriverResult CtxEnablePeerAccess(nint peer);

    /// <summary>Loads code for the current context.</summary>
    /// <param name="module">The loaded module.</param>
    /// <param name="image">PTX text that ends in a zero byte, or a binary.</param>
    /// <param name="log">What the driver's compiler said, errors first; empty when it said nothing.</param>
    DriverResult ModuleLoadData(out nint module, ReadOnlySpan<byte> image, out string log);

    DriverResult ModuleUnload(nint module);

    /// <summary>Finds a kernel.</summary>
    /// <param name="function">The kernel.</param>
    /// <param name="module">Where it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="parameters">What it takes; a driver whose code says so itself does not look.</param>
    DriverResult ModuleGetFunction(
        out nint function,
        nint module,
        string name,
        ImmutableArray<GpuParameter> parameters
    );

    DriverResult FuncGetAttribute(out int value, FunctionAttribute attribute, nint function);

    DriverResult OccupancyMaxActiveBlocks(out int blocks, nint function, int threads, int sharedBytes);

    DriverResult FuncSetAttribute(nint function, FunctionAttribute attribute, int value);

    DriverResult MemAlloc(out ulong address, ulong bytes);

    DriverResult MemFree(ulong address);

    DriverResult MemHostAlloc(out void* memory, ulong bytes);

    DriverResult MemFreeHost(void* memory);

    DriverResult MemcpyHtoDAsync(ulong to, void* from, ulong bytes, nint stream);

    DriverResult MemcpyDtoHAsync(void* to, ulong from, ulong bytes, nint stream);

    DriverResult MemcpyDtoDAsync(ulong to, ulong from, ulong bytes, nint stream);

    DriverResult MemcpyPeerAsync(ulong to, nint toContext, ulong from, nint fromContext, ulong bytes, nint stream);

    DriverResult MemsetD8Async(ulong to, byte value, ulong bytes, nint stream);

    DriverResult StreamCreate(out nint stream, int priority);

    DriverResult StreamDestroy(nint stream);

    DriverResult StreamSynchronize(nint stream);

    DriverResult StreamQuery(nint stream);

    DriverResult StreamWaitEvent(nint stream, nint @event);

    DriverResult EventCreate(out nint @event, bool timing);

    DriverResult EventRecord(nint @event, nint stream);

    DriverResult EventQuery(nint @event);

    DriverResult EventSynchronize(nint @event);

    DriverResult EventElapsedTime(out float milliseconds, nint start, nint end);

    DriverResult EventDestroy(nint @event);

    /// <summary>Launches a kernel; the arguments are read before the call returns.</summary>
    DriverResult LaunchKernel(nint function, in LaunchShape shape, nint stream, void** arguments);

    /// <summary>Calls a function when the stream has come so far; it must not call the driver, and is not called once the context is lost.</summary>
    DriverResult LaunchHostFunc(nint stream, delegate* unmanaged<nint, void> function, nint data);

    DriverResult StreamBeginCapture(nint stream);

    DriverResult StreamEndCapture(nint stream, out nint graph);

    DriverResult GraphInstantiate(out nint executable, nint graph);

    DriverResult GraphLaunch(nint executable, nint stream);

    DriverResult GraphExecDestroy(nint executable);

    DriverResult GraphDestroy(nint graph);
}
