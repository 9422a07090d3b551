using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Mlir.Backends.Gpu.Interop;

/// <summary>Functions that wait for an event of OpenCL, whose callbacks have another form than those of the CUDA driver.</summary>
internal static unsafe class OpenClCallbacks
{
    private static readonly ConcurrentDictionary<nint, (nint Function, nint Data)> Waiting = new();
    private static long lastNumber;

    /// <summary>Calls a function once when the event is complete; not when what it stands for failed.</summary>
    public static int Register(nint mark, delegate* unmanaged<nint, void> function, nint data)
    {
        var number = (nint)Interlocked.Increment(ref lastNumber);
        Waiting[number] = ((nint)function, data);
        var result = OpenClApi.clSetEventCallback(mark, 0, &OnComplete, number);
        if (result != 0)
        {
            Waiting.TryRemove(number, out _);
        }

        return result;
    }

    [UnmanagedCallersOnly]
    private static void OnComplete(nint mark, int status, nint number)
    {
        if (Waiting.TryRemove(number, out var entry) && status == 0)
        {
            ((delegate* unmanaged<nint, void>)entry.Function)(entry.Data);
        }
    }
}
