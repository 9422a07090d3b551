namespace Mlir.Backends.Gpu.Streams;

/// <summary>Somebody who waits for a place in a stream. Told exactly once.</summary>
/// <param name="stream">The stream.</param>
/// <param name="onDone">What to do first, also where it failed; it must not call the driver. Null for nothing.</param>
internal sealed class StreamCompletion(GpuStream stream, Action? onDone = null)
{
    private readonly TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GpuStream Stream => stream;

    /// <summary>The number under which the driver knows it.</summary>
    public nint Number { get; set; }

    /// <summary>Completes when the stream has come there, fails when it never will.</summary>
    public Task Task => source.Task;

    public void Succeed()
    {
        onDone?.Invoke();
        source.TrySetResult();
    }

    public void Fail(GpuException failure)
    {
        onDone?.Invoke();
        source.TrySetException(failure);
        _ = source.Task.Exception; // seen, where nobody awaits it
    }
}
