using System.Globalization;
using Mlir.Ptx.Execution;

namespace Mlir.Ptx;

/// <summary>What a launch has done.</summary>
public sealed class PtxStatistics
{
    private readonly long[] instructions = new long[Enum.GetValues<PtxInstructionClass>().Length];

    internal PtxStatistics() { }

    /// <summary>The blocks that ran.</summary>
    public long Blocks { get; private set; }

    /// <summary>The instructions of all threads together; those that a guard skips do not count.</summary>
    public long Instructions => instructions.Sum();

    /// <summary>The bytes that threads read and wrote in global memory.</summary>
    public long GlobalBytes { get; private set; }

    /// <summary>The bytes that threads read and wrote in shared memory.</summary>
    public long SharedBytes { get; private set; }

    /// <summary>
    /// The turns that loads and stores in shared memory take on the hardware beyond the first, because threads of a warp want different words of
    /// one of the 32 banks.
    /// </summary>
    public long BankConflicts { get; private set; }

    /// <summary>The instructions of one kind.</summary>
    public long this[PtxInstructionClass kind] => instructions[(int)kind];

    internal void Add(Block block, long blocks)
    {
        Blocks += blocks;
        foreach (var warp in block.Warps)
        {
            GlobalBytes += warp.GlobalBytes;
            SharedBytes += warp.SharedBytes;
            BankConflicts += warp.BankConflicts;
            for (var i = 0; i < instructions.Length; i++)
            {
                instructions[i] += warp.Counts[i];
            }
        }
    }

    /// <summary>A line with the figures that are not zero.</summary>
    public override string ToString()
    {
        var kinds = Enum.GetValues<PtxInstructionClass>().Where(kind => this[kind] > 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Blocks} blocks, {Instructions} instructions ({string.Join(", ", kinds.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind} {this[kind]}")))}), {GlobalBytes} bytes of global and {SharedBytes} of shared memory, {BankConflicts} bank conflicts"
        );
    }
}
