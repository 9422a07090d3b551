using System.Runtime.InteropServices;

namespace Mlir.Remote.Worker.Interop;

/// <summary>
/// A file that exists in memory only, mapped into this process: how the server and its workers share arrays. Its size is sealed, so that
/// nobody who holds it can pull pages out from under somebody else.
/// </summary>
internal sealed unsafe class SharedFile : IDisposable
{
    private const int PageSize = 4096;

    private byte* pointer;
    private int descriptor;

    private SharedFile(int descriptor, byte* pointer, long length)
    {
        this.descriptor = descriptor;
        this.pointer = pointer;
        Length = length;
    }

    ~SharedFile() => Free();

    /// <summary>The number of bytes, a multiple of the page size.</summary>
    public long Length { get; }

    /// <summary>The first byte; aligned to a page.</summary>
    public byte* Pointer => pointer;

    /// <summary>The descriptor by which another process can open the file: <c>/proc/PID/fd/DESCRIPTOR</c>; -1 once closed.</summary>
    public int Descriptor => descriptor;

    /// <summary>A new file of zeros.</summary>
    /// <param name="bytes">The least size, at least 0.</param>
    /// <exception cref="OutOfMemoryException">The system refuses.</exception>
    public static SharedFile Create(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var length = checked((Math.Max(bytes, 1) + PageSize - 1) & ~(PageSize - 1L));

        // Kernels older than 6.3 do not know the flag that forbids to execute the file.
        var file = Libc.MemFdCreate("mlir", Libc.MemFdCloseOnExec | Libc.MemFdAllowSealing | Libc.MemFdNoExecute);
        if (file < 0)
        {
            file = Libc.MemFdCreate("mlir", Libc.MemFdCloseOnExec | Libc.MemFdAllowSealing);
        }

        if (file < 0)
        {
            throw new OutOfMemoryException($"No shared memory: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        if (Libc.Truncate(file, length) != 0 || Libc.Control(file, Libc.AddSeals, Libc.SizeSeals) != 0)
        {
            var why = Marshal.GetLastPInvokeErrorMessage();
            Libc.Close(file);
            throw new OutOfMemoryException($"No {bytes} bytes of shared memory: {why}.");
        }

        return Map(file, length, writable: true);
    }

    /// <summary>Opens another process's file.</summary>
    /// <param name="path"><c>/proc/PID/fd/DESCRIPTOR</c>.</param>
    /// <param name="bytes">The least size that it must have.</param>
    /// <param name="writable">Whether to map it for writing.</param>
    /// <exception cref="InvalidDataException">It is not a file of this kind, or smaller.</exception>
    public static SharedFile Open(string path, long bytes, bool writable)
    {
        // Never waits, not even for the writer of a pipe.
        var file = Libc.Open(path, (writable ? Libc.ReadWrite : Libc.ReadOnly) | Libc.CloseOnExec | Libc.NonBlocking);
        if (file < 0)
        {
            throw new InvalidDataException($"Cannot open '{path}': {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        // Only files in memory have seals; a file that can still shrink could take pages away while they are read.
        var length =
            Libc.Control(file, Libc.GetSeals, 0) is var seals and >= 0 && (seals & 2) != 0 ? Libc.Seek(file, 0, 2) : -1;
        if (length < bytes || length <= 0)
        {
            Libc.Close(file);
            throw new InvalidDataException($"'{path}' is not shared memory of {bytes} bytes.");
        }

        return Map(file, length, writable);
    }

    /// <summary>Closes the descriptor and keeps the memory.</summary>
    public void CloseDescriptor()
    {
        if (descriptor >= 0)
        {
            Libc.Close(descriptor);
            descriptor = -1;
        }
    }

    /// <summary>Unmaps and closes.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static SharedFile Map(int file, long length, bool writable)
    {
        var protection = Libc.ProtectRead | (writable ? Libc.ProtectWrite : 0);
        var pointer = Libc.Map(null, (nuint)length, protection, Libc.MapShared, file, 0);
        if ((nint)pointer == -1)
        {
            var why = Marshal.GetLastPInvokeErrorMessage();
            Libc.Close(file);
            throw new OutOfMemoryException($"Cannot map {length} bytes of shared memory: {why}.");
        }

        return new SharedFile(file, (byte*)pointer, length);
    }

    private void Free()
    {
        CloseDescriptor();
        if (pointer is not null)
        {
            Libc.Unmap(pointer, (nuint)Length);
            pointer = null;
        }
    }
}
