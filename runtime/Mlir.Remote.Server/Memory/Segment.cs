using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mlir.Remote.Worker.Interop;

namespace Mlir.Remote.Server.Memory;

/// <summary>
/// Shared memory that the server owns and workers map. It holds zeros at first, and lives until the last reference is released, whatever
/// becomes of the workers.
/// </summary>
internal sealed unsafe class Segment : MemoryManager<byte>
{
    private static long lastId;

    private readonly SharedFile file;
    private int references = 1;

    private Segment(SharedFile file)
    {
        this.file = file;
        Id = Interlocked.Increment(ref lastId);
        Path = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{file.Descriptor}");
    }

    /// <summary>Identifies the segment for as long as the server runs.</summary>
    public long Id { get; }

    /// <summary>The number of bytes, at least as many as were asked for.</summary>
    public long Length => file.Length;

    /// <summary>Whether somebody else holds a reference too.</summary>
    public bool IsShared => Volatile.Read(ref references) > 1;

    /// <summary>Where a process of the same user can open the memory as a file.</summary>
    public string Path { get; }

    /// <summary>The first byte, aligned to a page; valid while a reference is held.</summary>
    public byte* Pointer => file.Pointer;

    /// <summary>Called once when the memory is freed; set by the pool whose workers may have mapped it.</summary>
    internal Action<Segment>? Freed { get; set; }

    /// <summary>New memory of zeros, with one reference.</summary>
    /// <param name="bytes">The least size.</param>
    /// <exception cref="OutOfMemoryException">The system refuses.</exception>
    public static Segment Create(long bytes) => new(SharedFile.Create(bytes));

    /// <summary>Takes over a file that a worker made for a result, with one reference.</summary>
    /// <param name="process">The worker's process number.</param>
    /// <param name="descriptor">The file's descriptor in the worker.</param>
    /// <param name="bytes">The least size that it must have.</param>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    internal static Segment Adopt(int process, int descriptor, long bytes) =>
        new(
            SharedFile.Open(
                string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd/{descriptor}"),
                bytes,
                writable: true
            )
        );

    /// <summary>A part of the memory.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">Its length.</param>
    public Span<byte> Slice(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - count);
        ObjectDisposedException.ThrowIf(file.Pointer is null, this);
        return new Span<byte>(file.Pointer + offset, count);
    }

    /// <summary>A part of the memory for asynchronous readers and writers, who must hold a reference meanwhile.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">Its length.</param>
    public Memory<byte> AsMemory(long offset, int count)
    {
        // A memory manager counts in 32 bits, so a part far behind gets a manager of its own.
        _ = Slice(offset, count);
        return offset + count <= int.MaxValue ? CreateMemory((int)offset, count) : new Part(this, offset, count).Memory;
    }

    /// <summary>Adds a reference.</summary>
    /// <returns>This segment.</returns>
    /// <exception cref="ObjectDisposedException">The memory is freed already.</exception>
    public Segment Retain() => TryRetain() ? this : throw new ObjectDisposedException(nameof(Segment));

    /// <summary>Adds a reference, unless the memory is freed already.</summary>
    public bool TryRetain()
    {
        var count = Volatile.Read(ref references);
        while (count > 0)
        {
            var seen = Interlocked.CompareExchange(ref references, count + 1, count);
            if (seen == count)
            {
                return true;
            }

            count = seen;
        }

        return false;
    }

    /// <summary>Releases a reference; the last one frees the memory.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref references) == 0)
        {
            file.Dispose();
            Freed?.Invoke(this);
        }
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(file.Pointer, (int)Math.Min(Length, int.MaxValue));

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(file.Pointer + elementIndex);

    /// <inheritdoc/>
    public override void Unpin() { }

    /// <inheritdoc/>
    [SuppressMessage("Usage", "CA2215", Justification = "References are counted.")]
    protected override void Dispose(bool disposing) { }

    private sealed class Part(Segment owner, long offset, int count) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan() => new(owner.Pointer + offset, count);

        public override MemoryHandle Pin(int elementIndex = 0) => new(owner.Pointer + offset + elementIndex);

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }
}
