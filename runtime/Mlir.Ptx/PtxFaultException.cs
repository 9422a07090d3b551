namespace Mlir.Ptx;

/// <summary>Something went wrong inside a kernel; memory keeps what the kernel wrote until then.</summary>
public sealed class PtxFaultException : PtxException
{
    internal PtxFaultException(
        PtxFault fault,
        string kernel,
        int line,
        string instruction,
        PtxSize block,
        PtxSize thread,
        string detail,
        string? source
    )
        : base(
            $"{kernel}({line}): {detail}: block {block}, thread {thread}: {instruction}{(source is null ? "" : $" [{source}]")}"
        )
    {
        Fault = fault;
        Kernel = kernel;
        Line = line;
        Instruction = instruction;
        Block = block;
        Thread = thread;
        SourcePlace = source;
    }

    /// <summary>What went wrong.</summary>
    public PtxFault Fault { get; }

    /// <summary>The kernel that was launched.</summary>
    public string Kernel { get; }

    /// <summary>The line of the PTX text, counted from one.</summary>
    public int Line { get; }

    /// <summary>The instruction as it is written.</summary>
    public string Instruction { get; }

    /// <summary>The block's place in the grid.</summary>
    public PtxSize Block { get; }

    /// <summary>The thread's place in the block.</summary>
    public PtxSize Thread { get; }

    /// <summary>The file, line and column of the program that the instruction comes from, where the PTX names them with <c>.loc</c>.</summary>
    public string? SourcePlace { get; }
}
