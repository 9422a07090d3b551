using Mlir.Remote.Worker.Interop;

namespace Mlir.Remote.Worker.Execution;

/// <summary>The server's segments that this process has mapped. A mapping stays until the server says that the segment is gone.</summary>
internal sealed class SegmentTable
{
    private readonly Dictionary<long, SharedFile> readable = [];
    private readonly Dictionary<long, SharedFile> writable = [];
    private readonly List<SharedFile> pending = [];

    /// <summary>The segment's memory.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="bytes">The least size that it must have.</param>
    /// <param name="path">Where to open it if it is not mapped.</param>
    /// <param name="write">Whether it is to be written; what is only read is mapped so that it cannot be.</param>
    public SharedFile Get(long id, long bytes, string path, bool write)
    {
        var table = write ? writable : readable;
        if (!table.TryGetValue(id, out var file))
        {
            file = SharedFile.Open(path, bytes, write);
            file.CloseDescriptor();
            table.Add(id, file);
        }

        return file.Length >= bytes
            ? file
            : throw new InvalidDataException($"Segment {id} has {file.Length} bytes, not {bytes}.");
    }

    /// <summary>A new file for a result; it stays open until the server has opened it too.</summary>
    public SharedFile CreateResult(long bytes)
    {
        var file = SharedFile.Create(bytes);
        pending.Add(file);
        return file;
    }

    /// <summary>The server has made a result's file one of its segments.</summary>
    public void Adopt(int descriptor, long id)
    {
        var index = pending.FindIndex(file => file.Descriptor == descriptor);
        if (index >= 0)
        {
            var file = pending[index];
            pending.RemoveAt(index);
            file.CloseDescriptor();
            writable[id] = file;
        }
    }

    /// <summary>Frees the files of results that nobody wants.</summary>
    public void DropPending()
    {
        foreach (var file in pending)
        {
            file.Dispose();
        }

        pending.Clear();
    }

    /// <summary>Unmaps a segment that is gone.</summary>
    public void Remove(long id)
    {
        if (readable.Remove(id, out var read))
        {
            read.Dispose();
        }

        if (writable.Remove(id, out var written))
        {
            written.Dispose();
        }
    }
}
