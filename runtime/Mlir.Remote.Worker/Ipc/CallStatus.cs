namespace Mlir.Remote.Worker.Ipc;

/// <summary>How one call ended.</summary>
internal enum CallStatus : byte
{
    /// <summary>With results.</summary>
    Returned = 1,

    /// <summary>The function threw.</summary>
    Threw,

    /// <summary>It could not be run, or not to its end: a <see cref="Failure"/>.</summary>
    Failed,
}
