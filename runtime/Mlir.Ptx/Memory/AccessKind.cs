namespace Mlir.Ptx.Memory;

/// <summary>What an access does to the bytes that it touches.</summary>
[Flags]
internal enum AccessKind
{
    Read = 1,
    Write = 2,

    /// <summary>Reads and writes at once; does not race with its like.</summary>
    Atomic = 4 | Read | Write,

    /// <summary>Volatile, relaxed, acquire or release; does not race with its like.</summary>
    Strong = 8,
}
