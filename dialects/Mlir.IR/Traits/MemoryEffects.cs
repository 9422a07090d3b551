namespace Mlir.IR;

/// <summary>Kinds of effects on memory.</summary>
[Flags]
public enum MemoryEffects
{
    /// <summary>No effect.</summary>
    None = 0,

    /// <summary>Reads.</summary>
    Read = 1,

    /// <summary>Writes.</summary>
    Write = 2,

    /// <summary>Allocates.</summary>
    Allocate = 4,

    /// <summary>Frees.</summary>
    Free = 8,
}
