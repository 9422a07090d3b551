using System.Collections.Immutable;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Memory;

namespace Mlir.Remote.Server.Buffers;

/// <summary>An array that lies on the server, in shared memory that workers map.</summary>
/// <param name="id">Its number in the session.</param>
/// <param name="element">The kind of its elements.</param>
/// <param name="shape">The sizes, outermost first.</param>
/// <param name="bytes">The bytes of all elements.</param>
/// <param name="segment">The memory, of which the buffer holds a reference; null for an array without elements.</param>
/// <param name="isSealed">Whether it is complete from the start.</param>
internal sealed class ServedBuffer(
    ulong id,
    ScalarKind element,
    ImmutableArray<long> shape,
    long bytes,
    Segment? segment,
    bool isSealed
)
{
    private readonly Lock _gate = new();
    private int _writes;

    /// <summary>Its number in the session.</summary>
    public ulong Id { get; } = id;

    /// <summary>The kind of its elements.</summary>
    public ScalarKind Element { get; } = element;

    /// <summary>The sizes, outermost first.</summary>
    public ImmutableArray<long> Shape { get; } = shape;

    /// <summary>The bytes of all elements.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>The memory; null for an array without elements.</summary>
    public Segment? Segment { get; } = segment;

    /// <summary>Whether it is complete; from then on nobody writes it.</summary>
    public bool IsSealed { get; private set; } = isSealed;

    /// <summary>The connection that is writing it, with which it goes if that is lost; null for requests without one.</summary>
    public object? Writer { get; set; }

    /// <summary>The name under which other sessions see it, or null.</summary>
    public string? SharedName { get; set; }

    /// <summary>The file it was opened from, or null.</summary>
    public string? Path { get; init; }

    /// <summary>Begins to write a part.</summary>
    /// <returns>False once the array is complete.</returns>
    public bool TryBeginWrite()
    {
        lock (_gate)
        {
            _writes += IsSealed ? 0 : 1;
            return !IsSealed;
        }
    }

    /// <summary>A part is written.</summary>
    public void EndWrite()
    {
        lock (_gate)
        {
            _writes--;
        }
    }

    /// <summary>Makes the array complete.</summary>
    /// <param name="check">Looks at the elements, and throws if some are none of their type.</param>
    /// <returns>False while a part is being written: what calls read must not change under them.</returns>
    public bool TrySeal(Action check)
    {
        lock (_gate)
        {
            if (!IsSealed && _writes == 0)
            {
                check();
                IsSealed = true;
            }

            return IsSealed;
        }
    }

    /// <summary>The buffer as the protocol describes it.</summary>
    /// <param name="mayMap">Whether the client may map the memory: it came through a Unix socket.</param>
    public BufferInfo ToInfo(bool mayMap)
    {
        var info = new BufferInfo
        {
            BufferId = Id,
            Element = Element,
            Bytes = (ulong)Bytes,
            Sealed = IsSealed,
            LocalPath = mayMap ? Segment?.Path ?? "" : "",
            SharedName = SharedName ?? "",
            Path = Path ?? "",
        };
        info.Shape.AddRange(Shape);
        return info;
    }

    /// <summary>For example <c>double[3, 4]</c>.</summary>
    public override string ToString() => $"{Element.CSharpName}[{string.Join(", ", Shape)}]";
}
