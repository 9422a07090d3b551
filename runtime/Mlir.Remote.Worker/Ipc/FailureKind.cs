namespace Mlir.Remote.Worker.Ipc;

/// <summary>Why a worker could not do what it was asked to.</summary>
internal enum FailureKind : byte
{
    /// <summary>The module is invalid, not allowed, or cannot be compiled.</summary>
    InvalidModule = 1,

    /// <summary>A limit was exceeded.</summary>
    Limit,

    /// <summary>The fault is the worker's own.</summary>
    Internal,
}
