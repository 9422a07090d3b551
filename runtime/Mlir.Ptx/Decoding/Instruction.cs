using Mlir.Ptx.Execution;
using Mlir.Ptx.Text;

namespace Mlir.Ptx.Decoding;

/// <summary>One decoded instruction: its operands are places in a warp's register file.</summary>
internal abstract class Instruction
{
    /// <summary>As it is written, for messages.</summary>
    public InstructionSyntax Syntax { get; set; } = null!;

    public PtxInstructionClass Class { get; set; }

    /// <summary>The predicate that lets a thread take part, or -1.</summary>
    public int Guard { get; set; } = -1;

    public bool IsGuardNegated { get; set; }

    /// <summary>The registers among its operands that belong to matrix products of several warps; null for none.</summary>
    public int[]? ProductRegisters { get; set; }

    /// <summary>Whether the warp itself must act: the instruction moves threads or makes them wait.</summary>
    public virtual bool IsControl => false;

    /// <summary>Does the instruction's work for the threads of the mask, which is never empty.</summary>
    public abstract void Execute(Warp warp, uint mask);
}
