using System.Collections.Immutable;
using Mlir.Remote.Protocol;
using Mlir.Remote.Server.Memory;

namespace Mlir.Remote.Server.Buffers;

/// <summary>The arrays of one session. Their numbers are never used again.</summary>
/// <param name="limits">What the session may use.</param>
internal sealed class BufferTable(RemoteLimits limits) : IDisposable
{
    private const int MaxIdleSegments = 8;
    private const int MaxBuffers = 1_000_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, ServedBuffer> _buffers = [];

    // Memory of released arrays, for the next ones: pages that are there need not be faulted in. Never shared between sessions.
    private readonly List<Segment> _idle = [];
    private ulong _lastId;
    private long _bytes;
    private bool _disposed;

    /// <summary>The arrays.</summary>
    public ServedBuffer[] All
    {
        get
        {
            lock (_gate)
            {
                return [.. _buffers.Values.OrderBy(static b => b.Id)];
            }
        }
    }

    /// <summary>The bytes of the arrays, and of memory that is kept for new ones.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes + _idle.Sum(static s => s.Length);
            }
        }
    }

    /// <summary>Memory for an array that will be written.</summary>
    /// <param name="element">The kind of its elements.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="writer">The connection that writes it, or null.</param>
    /// <exception cref="ProtocolException">It is more than the session may have.</exception>
    public ServedBuffer Allocate(ScalarKind element, ImmutableArray<long> shape, long bytes, object? writer)
    {
        Segment? segment;
        lock (_gate)
        {
            Reserve(bytes);
            segment = bytes == 0 ? null : TakeIdle(bytes);
        }

        try
        {
            segment ??= bytes == 0 ? null : Segment.Create(bytes);
        }
        catch
        {
            lock (_gate)
            {
                _bytes -= bytes;
            }

            throw;
        }

        return Add(element, shape, bytes, segment, writer, path: null, isSealed: false);
    }

    /// <summary>Takes an array in that exists already, for example a call's result.</summary>
    /// <exception cref="ProtocolException">It is more than the session may have; the segment is released.</exception>
    public ServedBuffer Adopt(
        ScalarKind element,
        ImmutableArray<long> shape,
        long bytes,
        Segment? segment,
        string? path = null
    )
    {
        lock (_gate)
        {
            try
            {
                Reserve(bytes);
            }
            catch
            {
                segment?.Release();
                throw;
            }
        }

        return Add(element, shape, bytes, segment, writer: null, path, isSealed: true);
    }

    /// <summary>The array of a number.</summary>
    /// <exception cref="ProtocolException">There is none in this session.</exception>
    public ServedBuffer Find(ulong id)
    {
        lock (_gate)
        {
            return _buffers.TryGetValue(id, out var buffer)
                ? buffer
                : throw new ProtocolException(
                    ErrorCode.NotFound,
                    $"this session has no buffer {id}; it was never there, or has been released"
                );
        }
    }

    /// <summary>The array of a number, with a reference to its memory that the caller gives back.</summary>
    /// <exception cref="ProtocolException">There is none in this session.</exception>
    public ServedBuffer Acquire(ulong id)
    {
        lock (_gate)
        {
            var buffer = Find(id);
            buffer.Segment?.Retain();
            return buffer;
        }
    }

    /// <summary>Frees an array; its memory stays until the last call that reads it has ended.</summary>
    /// <param name="id">Its number; one that is not there is ignored.</param>
    public void Release(ulong id)
    {
        lock (_gate)
        {
            if (_buffers.Remove(id, out var buffer))
            {
                Drop(buffer);
            }
        }
    }

    /// <summary>Frees the arrays that a lost connection was writing.</summary>
    public void ReleaseUnfinished(object writer)
    {
        lock (_gate)
        {
            foreach (
                var buffer in _buffers.Values.Where(b => !b.IsSealed && ReferenceEquals(b.Writer, writer)).ToArray()
            )
            {
                // Not kept for new arrays: the client may be gone, and the session outlives it for a while.
                _buffers.Remove(buffer.Id);
                _bytes -= buffer.Bytes;
                buffer.Segment?.Release();
            }
        }
    }

    /// <summary>Takes memory for results out of the store: of arrays that were released.</summary>
    public IReadOnlyList<Segment> TakeIdle()
    {
        lock (_gate)
        {
            Segment[] taken = [.. _idle];
            _idle.Clear();
            return taken;
        }
    }

    /// <summary>Gives memory back that no result was written into.</summary>
    public void ReturnIdle(Segment segment)
    {
        lock (_gate)
        {
            Keep(segment);
        }
    }

    /// <summary>Frees everything.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var buffer in _buffers.Values)
            {
                buffer.Segment?.Release();
            }

            _idle.ForEach(static s => s.Release());
            _buffers.Clear();
            _idle.Clear();
            _bytes = 0;
        }
    }

    private ServedBuffer Add(
        ScalarKind element,
        ImmutableArray<long> shape,
        long bytes,
        Segment? segment,
        object? writer,
        string? path,
        bool isSealed
    )
    {
        lock (_gate)
        {
            if (_disposed)
            {
                segment?.Release();
                throw new ProtocolException(ErrorCode.SessionLost, "the session has ended");
            }

            var buffer = new ServedBuffer(++_lastId, element, shape, bytes, segment, isSealed)
            {
                Writer = writer,
                Path = path,
            };
            _buffers.Add(buffer.Id, buffer);
            return buffer;
        }
    }

    private void Reserve(long bytes)
    {
        if (bytes > limits.MaxBufferBytes)
        {
            throw ProtocolException.Limit(
                "max_buffer_bytes",
                $"an array of {bytes} bytes is larger than max_buffer_bytes, {limits.MaxBufferBytes}"
            );
        }

        if (_bytes + bytes > limits.MaxStoredBytes || _buffers.Count >= MaxBuffers)
        {
            throw ProtocolException.Limit(
                "max_stored_bytes",
                $"the session stores {_bytes} bytes in {_buffers.Count} arrays; {bytes} more are over max_stored_bytes, {limits.MaxStoredBytes}: release some"
            );
        }

        // What is only kept for new arrays gives way to them.
        while (_idle.Count > 0 && _bytes + bytes + _idle.Sum(static s => s.Length) > limits.MaxStoredBytes)
        {
            _idle[0].Release();
            _idle.RemoveAt(0);
        }

        _bytes += bytes;
    }

    /// <summary>Memory that is kept for an array of this size; much larger memory is left for larger arrays.</summary>
    private Segment? TakeIdle(long bytes)
    {
        var index = _idle.FindIndex(s => s.Length >= bytes && s.Length / 2 <= bytes);
        if (index < 0)
        {
            return null;
        }

        var segment = _idle[index];
        _idle.RemoveAt(index);
        return segment;
    }

    private void Drop(ServedBuffer buffer)
    {
        _bytes -= buffer.Bytes;
        if (buffer.Segment is { } segment)
        {
            Keep(segment);
        }
    }

    private void Keep(Segment segment)
    {
        // A call that still reads it must not find another array there.
        if (_disposed || segment.IsShared || _idle.Count >= MaxIdleSegments)
        {
            segment.Release();
            return;
        }

        _idle.Add(segment);
    }
}
