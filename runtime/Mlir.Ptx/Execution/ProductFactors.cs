using Mlir.Ptx.Memory;
using Mlir.Ptx.Operations;

namespace Mlir.Ptx.Execution;

/// <summary>The units of 16 bytes in shared memory that a product reads, while it is under way.</summary>
internal sealed unsafe class ProductFactors
{
    private readonly List<int> units = [];
    private ulong digest;

    /// <summary>Reads a unit: bounds, whether it was written, whether writes are ordered before, and where.</summary>
    public byte* Read(Warp warp, int address, string factor)
    {
        var memory = warp.Block.Shared;
        if (address < 0 || address > memory.Bytes - MatrixDescriptor.UnitBytes)
        {
            throw warp.Fault(
                PtxFault.OutOfBounds,
                1,
                $"the {factor} factor of a product lies at {address} of {memory.Bytes} bytes of shared memory"
            );
        }

        if (memory.Accesses is { } accesses)
        {
            accesses.RecordAsync(address, MatrixDescriptor.UnitBytes, warp, isStart: true);
            units.Add(address);
            digest = Add(digest, memory.Data + address);
        }

        warp.SharedBytes += MatrixDescriptor.UnitBytes;
        return memory.Data + address;
    }

    /// <summary>The product is done: nobody may have written what it was reading.</summary>
    public void CheckUnchanged(Warp warp, WarpgroupMultiply instruction)
    {
        var memory = warp.Block.Shared;
        ulong now = 0;
        foreach (var address in units)
        {
            memory.Accesses!.RecordAsync(address, MatrixDescriptor.UnitBytes, warp, isStart: false);
            now = Add(now, memory.Data + address);
        }

        if (now != digest)
        {
            throw warp.Fault(
                PtxFault.AsyncProduct,
                1,
                $"a factor of the matrix product of line {instruction.Syntax.Position.Line} changed while the product was under way"
            );
        }
    }

    private static ulong Add(ulong digest, byte* unit)
    {
        const ulong Prime = 0x9E37_79B9_7F4A_7C15;
        digest = (digest ^ ((ulong*)unit)[0]) * Prime;
        return (ulong.RotateLeft(digest, 29) ^ ((ulong*)unit)[1]) * Prime;
    }
}
