using System.Runtime.InteropServices;

namespace Mlir.Remote.Worker.Ipc;

/// <summary>What precedes each frame's payload, in the processor's own byte order: both ends are on one machine.</summary>
/// <param name="Length">The bytes of the payload.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Id">The request that it is, or answers; 0 where there is no answer.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FrameHeader(int Length, FrameKind Kind, long Id)
{
    /// <summary>The bytes of a header.</summary>
    public const int Size = 16;
}
