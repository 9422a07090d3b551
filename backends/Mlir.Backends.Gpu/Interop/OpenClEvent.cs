namespace Mlir.Backends.Gpu.Interop;

/// <summary>An event that can be recorded again and again: it refers to the marker of OpenCL that was recorded last.</summary>
internal sealed class OpenClEvent
{
    /// <summary>The marker; 0 before the first time.</summary>
    public nint Mark { get; private set; }

    /// <summary>Refers to another marker from now on, and lets the old one go.</summary>
    public void Replace(nint mark)
    {
        if (Mark != 0)
        {
            _ = OpenClApi.clReleaseEvent(Mark);
        }

        Mark = mark;
    }
}
