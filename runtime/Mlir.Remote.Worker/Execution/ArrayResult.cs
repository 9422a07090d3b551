using Mlir.Remote.Worker.Interop;

namespace Mlir.Remote.Worker.Execution;

/// <summary>The memory that a call got for one of its results, and the sizes that it reported.</summary>
internal unsafe struct ArrayResult
{
    public byte* Pointer;
    public long Capacity;
    public long Bytes;

    /// <summary>The segment of the server that the memory lies in; 0 for none.</summary>
    public long Segment;

    /// <summary>The new file that it lies in; null when it lies in a segment, or is to be sent.</summary>
    public SharedFile? File;

    public int FirstSize;
}
