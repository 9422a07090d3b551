using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Mlir.Remote.Server.Memory;
using Mlir.Remote.Server.Workers;

namespace Mlir.Tests.Remote.Server.Workers;

/// <summary>An array argument, inline if it is small and in a segment of its own if it is not.</summary>
internal sealed class TestArray : IDisposable
{
    public TestArray(double[] data)
        : this(MemoryMarshal.AsBytes(data.AsSpan()).ToArray(), [data.Length]) { }

    public TestArray(byte[] bytes, ImmutableArray<long> shape)
    {
        Segment? segment = null;
        if (bytes.Length > WorkerArray.MaxInlineBytes)
        {
            segment = Segment.Create(bytes.Length);
            bytes.CopyTo(segment.Slice(0, bytes.Length));
        }

        Array = new WorkerArray(shape, segment is null ? bytes : default, segment);
    }

    public WorkerArray Array { get; }

    public void Dispose() => Array.Segment?.Release();
}
