namespace Mlir.Ptx.Memory;

/// <summary>What an access does to the bytes that it touches.</summary>
[Flags]
internal enum AccessKind
{
    Read = 1,
    Write = 2,

    /// <summary>Reads and writes at once.</summary>
    Exchange = 4,

    /// <summary>An atomic operation; does not race with its like.</summary>
    Atomic = Exchange | Read | Write,

    /// <summary>Volatile, relaxed, acquire or release; does not race with its like.</summary>
    Strong = 8,

    /// <summary>Makes what the thread wrote before visible to those who read it.</summary>
    Release = 16,
}
