using System.Runtime.InteropServices;
using Mlir.Ptx.Memory;

namespace Mlir.Ptx.Execution;

/// <summary>A block's shared memory: begins with what no kernel should rely on.</summary>
internal sealed unsafe class SharedMemory : IDisposable
{
    // Every float format reads these bytes as NaN, and every integer as -1.
    private const byte Poison = 0xFF;

    public SharedMemory(int bytes, PtxChecks checks)
    {
        Bytes = bytes;
        Data = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 64), 64);
        Accesses =
            (checks & (PtxChecks.SharedRaces | PtxChecks.UninitializedShared)) != 0
                ? new SharedAccesses(bytes, checks)
                : null;
    }

    public byte* Data { get; private set; }

    public int Bytes { get; }

    /// <summary>Who accessed what, where the launch asks for it.</summary>
    public SharedAccesses? Accesses { get; }

    /// <summary>For the next block.</summary>
    public void Reset()
    {
        new Span<byte>(Data, Bytes).Fill(Poison);
        Accesses?.Reset();
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Data);
        Data = null;
    }
}
