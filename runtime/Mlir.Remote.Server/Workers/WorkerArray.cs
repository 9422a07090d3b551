using System.Collections.Immutable;
using Mlir.Remote.Server.Memory;
using Mlir.Remote.Worker.Ipc;

namespace Mlir.Remote.Server.Workers;

/// <summary>A dense array on its way to or from a worker.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Inline">Its elements, if there are at most <see cref="MaxInlineBytes"/> of them and they lie in no segment.</param>
/// <param name="Segment">
/// Else the segment that begins with them. In a result it carries a reference that is the receiver's to release, also if it is one of the
/// recycled segments that the caller offered.
/// </param>
internal sealed record WorkerArray(ImmutableArray<long> Shape, ReadOnlyMemory<byte> Inline, Segment? Segment)
{
    /// <summary>The most bytes that an array may have outside of a segment.</summary>
    public const int MaxInlineBytes = WorkerLimits.MaxInlineBytes;
}
