namespace Mlir.Remote.Worker.Ipc;

/// <summary>Names and sizes that both ends agree on.</summary>
internal static class WorkerLimits
{
    /// <summary>Arrays up to this size travel inside messages, larger ones in shared memory.</summary>
    public const int MaxInlineBytes = 64 << 10;

    /// <summary>The limit on what a call may allocate, as the protocol names it.</summary>
    public const string CallMemory = "max_call_memory_bytes";

    /// <summary>The limit on the time that a compilation may take, as the protocol names it.</summary>
    public const string CompileTime = "max_compile_milliseconds";
}
