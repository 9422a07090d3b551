using System.Runtime.InteropServices;

namespace Mlir.Backends.Gpu.Interop;

/// <summary>
/// OpenCL 2.0 under its own names, each signature once. Memory is coarse-grained shared virtual memory, which has addresses as the CUDA driver's
/// memory has; handles are <c>nint</c>, results are <c>int</c>.
/// </summary>
internal static unsafe partial class OpenClApi
{
    private const string Library = NativeLibraries.OpenCl;

    // Platforms, devices, contexts

    [LibraryImport(Library)]
    public static partial int clGetPlatformIDs(uint count, nint* platforms, uint* found);

    [LibraryImport(Library)]
    public static partial int clGetDeviceIDs(nint platform, ulong type, uint count, nint* devices, uint* found);

    [LibraryImport(Library)]
    public static partial int clGetDeviceInfo(nint device, uint name, nuint bytes, void* value, nuint* written);

    [LibraryImport(Library)]
    public static partial nint clCreateContext(
        nint* properties,
        uint count,
        nint* devices,
        nint notify,
        nint data,
        int* result
    );

    [LibraryImport(Library)]
    public static partial int clReleaseContext(nint context);

    // Programs, kernels

    [LibraryImport(Library)]
    public static partial nint clCreateProgramWithBinary(
        nint context,
        uint count,
        nint* devices,
        nuint* lengths,
        byte** binaries,
        int* status,
        int* result
    );

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int clBuildProgram(
        nint program,
        uint count,
        nint* devices,
        string options,
        nint notify,
        nint data
    );

    [LibraryImport(Library)]
    public static partial int clGetProgramBuildInfo(
        nint program,
        nint device,
        uint name,
        nuint bytes,
        void* value,
        nuint* written
    );

    [LibraryImport(Library)]
    public static partial int clReleaseProgram(nint program);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint clCreateKernel(nint program, string name, int* result);

    [LibraryImport(Library)]
    public static partial int clReleaseKernel(nint kernel);

    [LibraryImport(Library)]
    public static partial int clGetKernelWorkGroupInfo(
        nint kernel,
        nint device,
        uint name,
        nuint bytes,
        void* value,
        nuint* written
    );

    [LibraryImport(Library)]
    public static partial int clSetKernelArg(nint kernel, uint index, nuint bytes, void* value);

    [LibraryImport(Library)]
    public static partial int clSetKernelArgSVMPointer(nint kernel, uint index, void* address);

    // Memory

    [LibraryImport(Library)]
    public static partial void* clSVMAlloc(nint context, ulong flags, nuint bytes, uint alignment);

    [LibraryImport(Library)]
    public static partial void clSVMFree(nint context, void* address);

    [LibraryImport(Library)]
    public static partial int clEnqueueSVMMemcpy(
        nint queue,
        uint isBlocking,
        void* to,
        void* from,
        nuint bytes,
        uint waits,
        nint* waitList,
        nint* @event
    );

    [LibraryImport(Library)]
    public static partial int clEnqueueSVMMemFill(
        nint queue,
        void* to,
        void* pattern,
        nuint patternBytes,
        nuint bytes,
        uint waits,
        nint* waitList,
        nint* @event
    );

    // Queues, events, launches

    [LibraryImport(Library)]
    public static partial nint clCreateCommandQueueWithProperties(
        nint context,
        nint device,
        ulong* properties,
        int* result
    );

    [LibraryImport(Library)]
    public static partial int clReleaseCommandQueue(nint queue);

    [LibraryImport(Library)]
    public static partial int clFinish(nint queue);

    [LibraryImport(Library)]
    public static partial int clFlush(nint queue);

    [LibraryImport(Library)]
    public static partial int clEnqueueMarkerWithWaitList(nint queue, uint waits, nint* waitList, nint* @event);

    [LibraryImport(Library)]
    public static partial int clEnqueueBarrierWithWaitList(nint queue, uint waits, nint* waitList, nint* @event);

    [LibraryImport(Library)]
    public static partial int clWaitForEvents(uint count, nint* events);

    [LibraryImport(Library)]
    public static partial int clGetEventInfo(nint @event, uint name, nuint bytes, void* value, nuint* written);

    [LibraryImport(Library)]
    public static partial int clGetEventProfilingInfo(nint @event, uint name, nuint bytes, void* value, nuint* written);

    [LibraryImport(Library)]
    public static partial int clSetEventCallback(
        nint @event,
        int status,
        delegate* unmanaged<nint, int, nint, void> notify,
        nint data
    );

    [LibraryImport(Library)]
    public static partial int clRetainEvent(nint @event);

    [LibraryImport(Library)]
    public static partial int clReleaseEvent(nint @event);

    [LibraryImport(Library)]
    public static partial int clEnqueueNDRangeKernel(
        nint queue,
        nint kernel,
        uint dimensions,
        nuint* offset,
        nuint* global,
        nuint* local,
        uint waits,
        nint* waitList,
        nint* @event
    );
}
