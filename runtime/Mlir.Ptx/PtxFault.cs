namespace Mlir.Ptx;

/// <summary>What went wrong inside a kernel.</summary>
public enum PtxFault
{
    /// <summary>An access outside of every allocation, or outside of a block's shared memory or a thread's own memory.</summary>
    OutOfBounds,

    /// <summary>An access at an address that is no multiple of its size.</summary>
    Misaligned,

    /// <summary>An access to memory that has been freed.</summary>
    UseAfterFree,

    /// <summary>An access to parameters outside of those that the kernel has, or a write to them.</summary>
    ParameterAccess,

    /// <summary>A write to memory that is constant.</summary>
    ReadOnly,

    /// <summary>Two threads of a block use the same shared memory, one of them writes, and no barrier lies between.</summary>
    SharedRace,

    /// <summary>Two threads use the same global memory, one of them writes, and nothing orders them.</summary>
    GlobalRace,

    /// <summary>A read of shared memory that nobody wrote in this block.</summary>
    UninitializedShared,

    /// <summary>Some threads wait at a barrier that others do not reach.</summary>
    BarrierDivergence,

    /// <summary>Threads wait for each other, and none can go on.</summary>
    Deadlock,

    /// <summary>Calls are nested too deep, or need more of the thread's own memory than there is.</summary>
    StackOverflow,

    /// <summary>The kernel executed <c>trap</c>.</summary>
    Trap,

    /// <summary>An <c>assert</c> of the kernel did not hold.</summary>
    Assertion,

    /// <summary>An operand has a value that the instruction does not allow.</summary>
    InvalidOperand,

    /// <summary>An <c>mbarrier</c> is used that is not there, was written over, or gets more arrivals than it waits for.</summary>
    BarrierObject,

    /// <summary>
    /// A register of a matrix product is used while the product is under way, or a product is begun with no fence behind what used its registers or wrote
    /// its factors.
    /// </summary>
    AsyncProduct,

    /// <summary>The launch used up the instructions that it may execute.</summary>
    BudgetExceeded,
}
