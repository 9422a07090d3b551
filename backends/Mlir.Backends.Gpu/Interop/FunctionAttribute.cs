namespace Mlir.Backends.Gpu.Interop;

/// <summary>What can be asked about a loaded kernel, under the numbers of the CUDA driver.</summary>
internal enum FunctionAttribute
{
    MaxThreadsPerBlock = 0,
    SharedBytes = 1,
    LocalBytes = 3,
    Registers = 4,

    /// <summary>Can be set: the shared memory that a launch may ask for, needed above 48 KiB.</summary>
    MaxDynamicSharedBytes = 8,
}
