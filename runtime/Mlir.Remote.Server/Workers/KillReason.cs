namespace Mlir.Remote.Server.Workers;

/// <summary>Why the server ended a worker.</summary>
internal enum KillReason
{
    /// <summary>It did not: the worker died by itself, or somebody else killed it.</summary>
    None,

    /// <summary>What it did took too long.</summary>
    Timeout,

    /// <summary>Nobody wants what it did any more.</summary>
    Cancelled,

    /// <summary>The process took too much memory.</summary>
    Memory,

    /// <summary>It sent what no worker sends.</summary>
    Protocol,

    /// <summary>There were more workers than are needed any more.</summary>
    Surplus,

    /// <summary>The pool is going away.</summary>
    Disposed,
}
