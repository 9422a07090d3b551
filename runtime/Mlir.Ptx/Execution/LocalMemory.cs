using System.Runtime.InteropServices;

namespace Mlir.Ptx.Execution;

/// <summary>The own memory of a warp's threads: each lane's lies in one piece, and grows with the depth of calls.</summary>
internal sealed unsafe class LocalMemory(int bytes) : IDisposable
{
    private byte* data = (byte*)NativeMemory.AllocZeroed((nuint)Math.Max(bytes, 16) * 32);

    ~LocalMemory() => Free();

    /// <summary>The bytes that each thread has.</summary>
    public int Bytes { get; private set; } = Math.Max(bytes, 16);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(data);
        data = null;
    }

    public byte* Lane(int lane) => data + ((long)lane * Bytes);

    /// <summary>Makes room for a frame's memory; what is there stays.</summary>
    public void Reserve(int needed, Warp warp, uint mask)
    {
        if (needed <= Bytes)
        {
            return;
        }

        if (needed > Decoding.ModuleDecoder.MaxLocalBytes)
        {
            throw warp.Fault(
                PtxFault.StackOverflow,
                mask,
                $"the thread's own memory of {needed} bytes is more than there is"
            );
        }

        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)needed);
        var grown = (byte*)NativeMemory.AllocZeroed((nuint)size * 32);
        for (var lane = 0; lane < 32; lane++)
        {
            Buffer.MemoryCopy(Lane(lane), grown + ((long)lane * size), Bytes, Bytes);
        }

        NativeMemory.Free(data);
        data = grown;
        Bytes = size;
    }
}
