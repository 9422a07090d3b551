namespace Mlir.Ptx.Execution;

/// <summary>Threads of a warp that are at the same place and go on together.</summary>
internal sealed class Fragment(int pc, uint mask, Frame frame, Join? join)
{
    /// <summary>The next instruction.</summary>
    public int Pc { get; set; } = pc;

    /// <summary>Its threads, a bit each.</summary>
    public uint Mask { get; set; } = mask;

    public Frame Frame { get; set; } = frame;

    /// <summary>Where it next meets the threads that it left.</summary>
    public Join? Join { get; set; } = join;

    public FragmentState State { get; set; }

    /// <summary>Whether it waited for an <c>mbarrier</c> long enough.</summary>
    public bool HasWaited { get; set; }
}

internal enum FragmentState
{
    Running,

    /// <summary>At an instruction for which threads of the same warp must come.</summary>
    AtWarp,

    /// <summary>At a barrier of the block.</summary>
    AtBarrier,

    /// <summary>At an <c>mbarrier</c> whose phase is not complete.</summary>
    AtObject,

    /// <summary>Gone: its threads exited, or went on in another fragment.</summary>
    Done,
}
