using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using static Mlir.Backends.Gpu.Interop.OpenClApi;

namespace Mlir.Backends.Gpu.Interop;

/// <summary>
/// OpenCL devices behind the calls of the CUDA driver: memory is shared virtual memory, streams are queues that keep the order, events are markers.
/// </summary>
internal sealed unsafe partial class OpenClDriver : IGpuDriver
{
    // Handles of what OpenCL's own are kept in; never used twice.
    private static long lastHandle = 0x1000;

    [ThreadStatic]
    private static nint currentContext;

    private readonly ConcurrentDictionary<nint, object> handles = new();
    private readonly ConcurrentDictionary<ulong, nint> memory = new(); // by address, the context it belongs to
    private ImmutableArray<OpenClDevice> devices = [];

    private OpenClDriver() { }

    /// <summary>Opens the driver, once for the process.</summary>
    public static DriverLoader Loader { get; } =
        new(
            "opencl",
            NativeLibraries.OpenCl,
            nameof(clSVMAlloc),
            "OpenCL is not installed (libOpenCL.so.1 was not found; Debian: apt-get install pocl-opencl-icd)",
            "the OpenCL loader is too old: it lacks clSVMAlloc of OpenCL 2.0",
            static () => new OpenClDriver()
        );

    public string Kind => Loader.Kind;

    public GpuCodeFormat CodeFormat => GpuCodeFormat.SpirV;

    public bool HasGraphs => false;

    public int OldestVersion => 2000;

    public string NameOf(DriverResult result) => OpenClResults.NameOf(result);

    public string? FaultOf(nint context) => null;

    /// <summary>Looks for devices. What a platform does not answer has no devices.</summary>
    public DriverResult Init()
    {
        uint count;
        var result = clGetPlatformIDs(0, null, &count);
        if (result != 0 || count == 0)
        {
            return DriverResult.NoDevice; // a loader without any driver says so with an error
        }

        var platforms = stackalloc nint[(int)count];
        _ = clGetPlatformIDs(count, platforms, null);
        var found = ImmutableArray.CreateBuilder<OpenClDevice>();
        for (var i = 0; i < count; i++)
        {
            AddDevices(platforms[i], found);
        }

        // What shares no memory with the host has no addresses, and nothing here runs on it.
        devices = [.. found.Where(static device => device.HasSharedMemory)];
        return devices.IsEmpty ? DriverResult.NoDevice : DriverResult.Success;
    }

    private static void AddDevices(nint platform, ImmutableArray<OpenClDevice>.Builder found)
    {
        const ulong AllTypes = 0xFFFFFFFF;
        uint count;
        if (clGetDeviceIDs(platform, AllTypes, 0, null, &count) != 0 || count == 0)
        {
            return;
        }

        var ids = stackalloc nint[(int)count];
        _ = clGetDeviceIDs(platform, AllTypes, count, ids, null);
        for (var i = 0; i < count; i++)
        {
            found.Add(new OpenClDevice(ids[i]));
        }
    }

    public DriverResult DriverGetVersion(out int version)
    {
        version = OldestVersion; // what is older was left out: it has no shared memory
        return DriverResult.Success;
    }

    public DriverResult DeviceGetCount(out int count)
    {
        count = devices.Length;
        return DriverResult.Success;
    }

    public DriverResult DeviceGet(out int device, int ordinal)
    {
        device = ordinal;
        return ordinal >= 0 && ordinal < devices.Length ? DriverResult.Success : DriverResult.InvalidDevice;
    }

    public DriverResult DeviceGetName(out string name, int device)
    {
        name = devices[device].Name;
        return DriverResult.Success;
    }

    public DriverResult DeviceGetAttribute(out int value, DeviceAttribute attribute, int device)
    {
        value = attribute switch
        {
            DeviceAttribute.MultiprocessorCount => devices[device].ComputeUnits,
            DeviceAttribute.MaxThreadsPerBlock => devices[device].MaxWorkGroup,
            DeviceAttribute.MaxSharedBytesPerBlock => devices[device].LocalBytes,
            DeviceAttribute.WarpSize => 1,
            _ => 0,
        };
        return DriverResult.Success;
    }

    public DriverResult DeviceTotalMem(out ulong bytes, int device)
    {
        bytes = devices[device].MemoryBytes;
        return DriverResult.Success;
    }

    public DriverResult DeviceCanAccessPeer(out bool can, int device, int peer)
    {
        can = false;
        return DriverResult.Success;
    }

    public DriverResult DevicePrimaryCtxRetain(out nint context, int device)
    {
        lock (devices[device])
        {
            context = devices[device].Context;
            if (context != 0)
            {
                devices[device].Retained++;
                return DriverResult.Success;
            }

            var id = devices[device].Id;
            int result;
            context = clCreateContext(null, 1, &id, 0, 0, &result);
            if (result == 0)
            {
                devices[device].Context = context;
                devices[device].Retained = 1;
            }

            return OpenClResults.Of(result);
        }
    }

    public DriverResult DevicePrimaryCtxRelease(int device)
    {
        lock (devices[device])
        {
            if (--devices[device].Retained > 0)
            {
                return DriverResult.Success;
            }

            var context = devices[device].Context;
            devices[device].Context = 0;
            return OpenClResults.Of(clReleaseContext(context));
        }
    }

    public DriverResult CtxSetCurrent(nint context)
    {
        currentContext = context;
        return DriverResult.Success;
    }

    public DriverResult CtxEnablePeerAccess(nint peer) => DriverResult.PeerAccessUnsupported;

    // Memory

    public DriverResult MemAlloc(out ulong address, ulong bytes)
    {
        const ulong ReadWrite = 1;
        const uint Alignment = 256;
        var context = currentContext;
        address = (ulong)clSVMAlloc(context, ReadWrite, (nuint)bytes, Alignment);
        if (address == 0)
        {
            // Some drivers align to no more than their largest vector.
            address = (ulong)clSVMAlloc(context, ReadWrite, (nuint)bytes, 0);
        }

        if (address == 0)
        {
            return DriverResult.OutOfMemory;
        }

        memory[address] = context;
        return DriverResult.Success;
    }

    /// <summary>As the CUDA driver, it waits until nothing uses the memory any more.</summary>
    public DriverResult MemFree(ulong address)
    {
        if (!memory.TryRemove(address, out var context))
        {
            return DriverResult.InvalidValue;
        }

        foreach (var queue in handles.Values.OfType<OpenClQueue>().Where(queue => queue.Context == context))
        {
            _ = clFinish(queue.Id);
        }

        clSVMFree(context, (void*)address);
        return DriverResult.Success;
    }

    /// <summary>Memory of the host that is aligned to pages: OpenCL pins none.</summary>
    public DriverResult MemHostAlloc(out void* host, ulong bytes)
    {
        const nuint Page = 4096;
        host = NativeMemory.AlignedAlloc((nuint)bytes, Page);
        return DriverResult.Success;
    }

    public DriverResult MemFreeHost(void* host)
    {
        NativeMemory.AlignedFree(host);
        return DriverResult.Success;
    }

    public DriverResult MemcpyHtoDAsync(ulong to, void* from, ulong bytes, nint stream) =>
        Copy((void*)to, from, bytes, stream);

    public DriverResult MemcpyDtoHAsync(void* to, ulong from, ulong bytes, nint stream) =>
        Copy(to, (void*)from, bytes, stream);

    public DriverResult MemcpyDtoDAsync(ulong to, ulong from, ulong bytes, nint stream) =>
        Copy((void*)to, (void*)from, bytes, stream);

    public DriverResult MemcpyPeerAsync(
        ulong to,
        nint toContext,
        ulong from,
        nint fromContext,
        ulong bytes,
        nint stream
    ) => DriverResult.PeerAccessUnsupported;

    public DriverResult MemsetD8Async(ulong to, byte value, ulong bytes, nint stream)
    {
        if (Find<OpenClQueue>(stream) is not { } queue)
        {
            return DriverResult.InvalidHandle;
        }

        nint mark;
        return queue.PutIn(clEnqueueSVMMemFill(queue.Id, (void*)to, &value, 1, (nuint)bytes, 0, null, &mark), mark);
    }

    private DriverResult Copy(void* to, void* from, ulong bytes, nint stream)
    {
        if (Find<OpenClQueue>(stream) is not { } queue)
        {
            return DriverResult.InvalidHandle;
        }

        nint mark;
        return queue.PutIn(clEnqueueSVMMemcpy(queue.Id, 0, to, from, (nuint)bytes, 0, null, &mark), mark);
    }

    // Programs, kernels

    public DriverResult ModuleLoadData(out nint module, ReadOnlySpan<byte> image, out string log)
    {
        module = 0;
        var device = devices.First(candidate => candidate.Context == currentContext);
        if (SpirVTranslation.ToDriverBinary(image, out log) is not { } binary)
        {
            return DriverResult.InvalidImage;
        }

        var id = device.Id;
        nuint length = (nuint)binary.Length;
        int status,
            result;
        nint program;
        fixed (byte* bytes = binary)
        {
            var start = bytes;
            program = clCreateProgramWithBinary(device.Context, 1, &id, &length, &start, &status, &result);
        }

        if (result == 0)
        {
            result = clBuildProgram(program, 1, &id, "-x spir -spir-std=1.2", 0, 0);
            if (result != 0)
            {
                log = BuildLog(program, id);
                _ = clReleaseProgram(program);
                return DriverResult.InvalidImage;
            }
        }

        if (result != 0)
        {
            log = $"clCreateProgramWithBinary returned {OpenClResults.NameOf(OpenClResults.Of(result))}";
            return DriverResult.InvalidImage;
        }

        module = program;
        return DriverResult.Success;
    }

    private static string BuildLog(nint program, nint device)
    {
        const uint ProgramBuildLog = 0x1183;
        nuint length;
        if (clGetProgramBuildInfo(program, device, ProgramBuildLog, 0, null, &length) != 0)
        {
            return "";
        }

        var text = new byte[length];
        fixed (byte* bytes = text)
        {
            _ = clGetProgramBuildInfo(program, device, ProgramBuildLog, length, bytes, null);
        }

        return Encoding.UTF8.GetString(text).TrimEnd('\0').Trim();
    }

    public DriverResult ModuleUnload(nint module)
    {
        foreach (var (handle, thing) in handles)
        {
            if (thing is OpenClKernel kernel && kernel.Program == module && handles.TryRemove(handle, out _))
            {
                _ = clReleaseKernel(kernel.Id);
            }
        }

        return OpenClResults.Of(clReleaseProgram(module));
    }

    public DriverResult ModuleGetFunction(
        out nint function,
        nint module,
        string name,
        ImmutableArray<GpuParameter> parameters
    )
    {
        function = 0;
        int result;
        var id = clCreateKernel(module, name, &result);
        if (result != 0)
        {
            return OpenClResults.Of(result);
        }

        function = Keep(new OpenClKernel(id, module, parameters));
        return DriverResult.Success;
    }

    public DriverResult FuncGetAttribute(out int value, FunctionAttribute attribute, nint function)
    {
        const uint WorkGroupSize = 0x11B0,
            LocalMemSize = 0x11B2,
            PrivateMemSize = 0x11B4;
        value = 0;
        if (Find<OpenClKernel>(function) is not { } kernel)
        {
            return DriverResult.InvalidHandle;
        }

        var name = attribute switch
        {
            FunctionAttribute.MaxThreadsPerBlock => WorkGroupSize,
            FunctionAttribute.SharedBytes => LocalMemSize,
            FunctionAttribute.LocalBytes => PrivateMemSize,
            _ => 0u,
        };
        if (name == 0)
        {
            return DriverResult.Success; // OpenCL does not say: none
        }

        ulong number = 0;
        var device = devices.First(candidate => candidate.Context == currentContext);
        var result = clGetKernelWorkGroupInfo(kernel.Id, device.Id, name, sizeof(ulong), &number, null);
        value = (int)Math.Min(number, int.MaxValue);
        return OpenClResults.Of(result);
    }

    public DriverResult OccupancyMaxActiveBlocks(out int blocks, nint function, int threads, int sharedBytes)
    {
        blocks = 0; // OpenCL does not say
        return DriverResult.Success;
    }

    public DriverResult FuncSetAttribute(nint function, FunctionAttribute attribute, int value) => DriverResult.Success;

    private static nint NewHandle() => (nint)Interlocked.Add(ref lastHandle, 16);

    private nint Keep(object thing)
    {
        var handle = NewHandle();
        handles[handle] = thing;
        return handle;
    }

    private T? Find<T>(nint handle)
        where T : class => handles.GetValueOrDefault(handle) as T;
}
