namespace Mlir.Ptx;

/// <summary>The kinds of instructions that statistics tell apart.</summary>
public enum PtxInstructionClass
{
    /// <summary>Integer arithmetic, logic, shifts and bit fields.</summary>
    Integer,

    /// <summary>Arithmetic in single and double precision.</summary>
    Float,

    /// <summary>Arithmetic on halves and bfloat16, packed or not.</summary>
    Half,

    /// <summary>Approximate functions: ex2, lg2, sin, cos, tanh, rsqrt, rcp.</summary>
    Special,

    /// <summary>Conversions between types and address spaces.</summary>
    Conversion,

    /// <summary>Moves, comparisons and selections.</summary>
    Move,

    /// <summary>Loads and stores in global, constant and generic memory.</summary>
    Global,

    /// <summary>Loads and stores in shared memory.</summary>
    Shared,

    /// <summary>Loads and stores in a thread's own memory and its parameters.</summary>
    Local,

    /// <summary>Atomic operations, wherever they go.</summary>
    Atomic,

    /// <summary>Branches, calls and returns.</summary>
    Control,

    /// <summary>Barriers and fences.</summary>
    Barrier,

    /// <summary>Exchanges between the threads of a warp.</summary>
    Warp,

    /// <summary>Matrix products and the loads of their fragments.</summary>
    Matrix,
}
