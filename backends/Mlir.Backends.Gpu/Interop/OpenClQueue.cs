namespace Mlir.Backends.Gpu.Interop;

/// <summary>A queue of OpenCL that keeps the order.</summary>
internal sealed class OpenClQueue(nint id, nint context)
{
    private readonly OpenClEvent last = new();

    public nint Id => id;

    public nint Context => context;

    /// <summary>Starts what was put in: OpenCL may wait for more otherwise.</summary>
    /// <param name="result">What putting it in returned.</param>
    /// <param name="mark">Its event, which the queue keeps.</param>
    public DriverResult PutIn(int result, nint mark)
    {
        if (result != 0)
        {
            return OpenClResults.Of(result);
        }

        lock (last)
        {
            last.Replace(mark);
        }

        return OpenClResults.Of(OpenClApi.clFlush(id));
    }

    /// <summary>Asks about the event of what was put in last, which is 0 while nothing was.</summary>
    public T Ask<T>(Func<nint, T> question)
    {
        lock (last)
        {
            return question(last.Mark);
        }
    }

    /// <summary>Lets everything go.</summary>
    public int Release()
    {
        lock (last)
        {
            last.Replace(0);
        }

        return OpenClApi.clReleaseCommandQueue(id);
    }
}
