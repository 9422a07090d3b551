namespace Mlir.Ptx;

/// <summary>
/// What a launch looks for besides what it always does: bounds, alignment, lifetimes and deadlocks are checked in any case.
/// </summary>
[Flags]
public enum PtxChecks
{
    /// <summary>Nothing more: the fastest.</summary>
    None = 0,

    /// <summary>Data races of a block's threads on shared memory.</summary>
    SharedRaces = 1,

    /// <summary>Data races on global memory, of a block's threads and of different blocks.</summary>
    GlobalRaces = 2,

    /// <summary>Reads of shared memory that nobody wrote.</summary>
    UninitializedShared = 4,

    /// <summary>Threads that exit, or go another way, where the others wait at a barrier for them.</summary>
    BarrierDivergence = 8,

    /// <summary>All of them.</summary>
    All = SharedRaces | GlobalRaces | UninitializedShared | BarrierDivergence,
}
