using System.Runtime.InteropServices;

namespace Mlir.Ptx.Memory;

/// <summary>A piece of the machine's memory. Its address is never used again.</summary>
internal sealed unsafe class Allocation
{
    public Allocation(ulong address, long bytes, string what)
    {
        Address = address;
        Bytes = bytes;
        What = what;
        Data = (byte*)NativeMemory.AllocZeroed((nuint)bytes);
        GC.AddMemoryPressure(bytes);
    }

    ~Allocation() => Release();

    public ulong Address { get; }
    public long Bytes { get; }

    /// <summary>What it is, for messages.</summary>
    public string What { get; }

    public bool IsReadOnly { get; init; }

    /// <summary>Where it lies in this process; null when it is released.</summary>
    public byte* Data { get; private set; }

    /// <summary>Whether a program may not use it any longer.</summary>
    public volatile bool IsFreed;

    /// <summary>Gives the memory back; nobody may use it any more.</summary>
    public void Release()
    {
        if (Data != null)
        {
            NativeMemory.Free(Data);
            Data = null;
            GC.RemoveMemoryPressure(Bytes);
        }

        GC.SuppressFinalize(this);
    }

    public bool Contains(ulong address, long bytes) =>
        address >= Address && address - Address <= (ulong)(Bytes - bytes) && bytes <= Bytes;
}
