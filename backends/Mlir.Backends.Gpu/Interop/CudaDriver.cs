using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using static Mlir.Backends.Gpu.Interop.CudaApi;

namespace Mlir.Backends.Gpu.Interop;

/// <summary>NVIDIA's own driver.</summary>
internal sealed unsafe class CudaDriver : IGpuDriver
{
    // A function that is newer than any other that is bound: where it is missing, so may others be.
    private const string NewestFunction = "cuGraphInstantiateWithFlags";

    /// <summary>Opens the driver, once for the process.</summary>
    public static DriverLoader Loader { get; } =
        new(
            "cuda",
            NativeLibraries.Cuda,
            NewestFunction,
            "NVIDIA's driver is not installed (libcuda.so.1 was not found)",
            $"NVIDIA's driver is too old: it lacks {NewestFunction}; update the driver",
            static () => new CudaDriver()
        );

    private CudaDriver() { }

    public string Kind => Loader.Kind;

    public GpuCodeFormat CodeFormat => GpuCodeFormat.Ptx;

    public bool HasGraphs => true;

    public int OldestVersion => 11040;

    public string NameOf(DriverResult result)
    {
        byte* name;
        return cuGetErrorName(result, &name) == DriverResult.Success
            ? Marshal.PtrToStringUTF8((nint)name)!
            : $"CUDA error {(int)result}";
    }

    public string? FaultOf(nint context) => null;

    public DriverResult Init() => cuInit(0);

    public DriverResult DriverGetVersion(out int version) => cuDriverGetVersion(out version);

    public DriverResult DeviceGetCount(out int count) => cuDeviceGetCount(out count);

    public DriverResult DeviceGet(out int device, int ordinal) => cuDeviceGet(out device, ordinal);

    public DriverResult DeviceGetName(out string name, int device)
    {
        const int Length = 256;
        var bytes = stackalloc byte[Length];
        var result = cuDeviceGetName(bytes, Length, device);
        name = result == DriverResult.Success ? Marshal.PtrToStringUTF8((nint)bytes)! : "";
        return result;
    }

    public DriverResult DeviceGetAttribute(out int value, DeviceAttribute attribute, int device) =>
        cuDeviceGetAttribute(out value, attribute, device);

    public DriverResult DeviceTotalMem(out ulong bytes, int device)
    {
        nuint value;
        var result = cuDeviceTotalMem_v2(&value, device);
        bytes = value;
        return result;
    }

    public DriverResult DeviceCanAccessPeer(out bool can, int device, int peer)
    {
        int value;
        var result = cuDeviceCanAccessPeer(&value, device, peer);
        can = result == DriverResult.Success && value != 0;
        return result;
    }

    public DriverResult DevicePrimaryCtxRetain(out nint context, int device) =>
        cuDevicePrimaryCtxRetain(out context, device);

    public DriverResult DevicePrimaryCtxRelease(int device) => cuDevicePrimaryCtxRelease_v2(device);

    public DriverResult CtxSetCurrent(nint context) => cuCtxSetCurrent(context);

    public DriverResult CtxEnablePeerAccess(nint peer) => cuCtxEnablePeerAccess(peer, 0);

    public DriverResult ModuleLoadData(out nint module, ReadOnlySpan<byte> image, out string log)
    {
        const int InfoLog = 3,
            InfoLogBytes = 4,
            ErrorLog = 5,
            ErrorLogBytes = 6,
            LogLength = 16 << 10;
        var options = stackalloc int[] { ErrorLog, ErrorLogBytes, InfoLog, InfoLogBytes };
        var text = new byte[2 * LogLength];
        nint value;
        DriverResult result;
        fixed (byte* code = image)
        fixed (byte* errors = text)
        {
            // The values stand where pointers do: sizes are passed as the pointer's bits.
            var values = stackalloc void*[] { errors, (void*)LogLength, errors + LogLength, (void*)LogLength };
            result = cuModuleLoadDataEx(&value, code, 4, options, values);
        }

        module = value;
        log = string.Join('\n', Text(text.AsSpan(0, LogLength)), Text(text.AsSpan(LogLength))).Trim();
        return result;
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    public DriverResult ModuleUnload(nint module) => cuModuleUnload(module);

    public DriverResult ModuleGetFunction(
        out nint function,
        nint module,
        string name,
        ImmutableArray<GpuParameter> parameters
    ) => cuModuleGetFunction(out function, module, name);

    public DriverResult FuncGetAttribute(out int value, FunctionAttribute attribute, nint function) =>
        cuFuncGetAttribute(out value, attribute, function);

    public DriverResult OccupancyMaxActiveBlocks(out int blocks, nint function, int threads, int sharedBytes) =>
        cuOccupancyMaxActiveBlocksPerMultiprocessor(out blocks, function, threads, (nuint)sharedBytes);

    public DriverResult FuncSetAttribute(nint function, FunctionAttribute attribute, int value) =>
        cuFuncSetAttribute(function, attribute, value);

    public DriverResult MemAlloc(out ulong address, ulong bytes)
    {
        ulong value;
        var result = cuMemAlloc_v2(&value, (nuint)bytes);
        address = result == DriverResult.Success ? value : 0;
        return result;
    }

    public DriverResult MemFree(ulong address) => cuMemFree_v2(address);

    public DriverResult MemHostAlloc(out void* memory, ulong bytes)
    {
        const uint Portable = 1; // pinned for every device
        void* value;
        var result = cuMemHostAlloc(&value, (nuint)bytes, Portable);
        memory = result == DriverResult.Success ? value : null;
        return result;
    }

    public DriverResult MemFreeHost(void* memory) => cuMemFreeHost(memory);

    public DriverResult MemcpyHtoDAsync(ulong to, void* from, ulong bytes, nint stream) =>
        cuMemcpyHtoDAsync_v2(to, from, (nuint)bytes, stream);

    public DriverResult MemcpyDtoHAsync(void* to, ulong from, ulong bytes, nint stream) =>
        cuMemcpyDtoHAsync_v2(to, from, (nuint)bytes, stream);

    public DriverResult MemcpyDtoDAsync(ulong to, ulong from, ulong bytes, nint stream) =>
        cuMemcpyDtoDAsync_v2(to, from, (nuint)bytes, stream);

    public DriverResult MemcpyPeerAsync(
        ulong to,
        nint toContext,
        ulong from,
        nint fromContext,
        ulong bytes,
        nint stream
    ) => cuMemcpyPeerAsync(to, toContext, from, fromContext, (nuint)bytes, stream);

    public DriverResult MemsetD8Async(ulong to, byte value, ulong bytes, nint stream) =>
        cuMemsetD8Async(to, value, (nuint)bytes, stream);

    public DriverResult StreamCreate(out nint stream, int priority)
    {
        const uint NonBlocking = 1; // takes no part in what the null stream waits for
        return cuStreamCreateWithPriority(out stream, NonBlocking, priority);
    }

    public DriverResult StreamDestroy(nint stream) => cuStreamDestroy_v2(stream);

    public DriverResult StreamSynchronize(nint stream) => cuStreamSynchronize(stream);

    public DriverResult StreamQuery(nint stream) => cuStreamQuery(stream);

    public DriverResult StreamWaitEvent(nint stream, nint @event) => cuStreamWaitEvent(stream, @event, 0);

    public DriverResult EventCreate(out nint @event, bool timing)
    {
        const uint BlockingSync = 1,
            DisableTiming = 2;
        return cuEventCreate(out @event, timing ? BlockingSync : BlockingSync | DisableTiming);
    }

    public DriverResult EventRecord(nint @event, nint stream) => cuEventRecord(@event, stream);

    public DriverResult EventQuery(nint @event) => cuEventQuery(@event);

    public DriverResult EventSynchronize(nint @event) => cuEventSynchronize(@event);

    public DriverResult EventElapsedTime(out float milliseconds, nint start, nint end) =>
        cuEventElapsedTime(out milliseconds, start, end);

    public DriverResult EventDestroy(nint @event) => cuEventDestroy_v2(@event);

    public DriverResult LaunchKernel(nint function, in LaunchShape shape, nint stream, void** arguments) =>
        cuLaunchKernel(
            function,
            shape.GridX,
            shape.GridY,
            shape.GridZ,
            shape.BlockX,
            shape.BlockY,
            shape.BlockZ,
            shape.SharedBytes,
            stream,
            arguments,
            null
        );

    public DriverResult LaunchHostFunc(nint stream, delegate* unmanaged<nint, void> function, nint data) =>
        cuLaunchHostFunc(stream, function, data);

    public DriverResult StreamBeginCapture(nint stream)
    {
        const int ThreadLocal = 1; // other threads may go on allocating
        return cuStreamBeginCapture_v2(stream, ThreadLocal);
    }

    public DriverResult StreamEndCapture(nint stream, out nint graph) => cuStreamEndCapture(stream, out graph);

    public DriverResult GraphInstantiate(out nint executable, nint graph) =>
        cuGraphInstantiateWithFlags(out executable, graph, 0);

    public DriverResult GraphLaunch(nint executable, nint stream) => cuGraphLaunch(executable, stream);

    public DriverResult GraphExecDestroy(nint executable) => cuGraphExecDestroy(executable);

    public DriverResult GraphDestroy(nint graph) => cuGraphDestroy(graph);
}
