namespace Mlir.Ptx.Execution;

/// <summary>What a launch may ask for.</summary>
internal static class LaunchLimits
{
    private const int MaxBlockX = 1024;
    private const int MaxBlockZ = 64;
    private const int MaxGridYZ = 65535;

    /// <summary>Checks what is asked for, and says how much shared memory a block needs.</summary>
    public static int Check(
        PtxKernel kernel,
        PtxSize grid,
        PtxSize block,
        int dynamicSharedBytes,
        int parameterBytes,
        PtxMachineOptions options
    )
    {
        if (grid.X < 1 || grid.Y is < 1 or > MaxGridYZ || grid.Z is < 1 or > MaxGridYZ)
        {
            throw new PtxLaunchException(
                $"a grid of {grid}: each size is one or more, the second and third at most {MaxGridYZ}"
            );
        }

        if (block.X is < 1 or > MaxBlockX || block.Y is < 1 or > MaxBlockX || block.Z is < 1 or > MaxBlockZ)
        {
            throw new PtxLaunchException(
                $"a block of {block}: each size is one or more, at most {MaxBlockX}, {MaxBlockX} and {MaxBlockZ}"
            );
        }

        if (block.Count > kernel.MaxThreadsPerBlock)
        {
            throw new PtxLaunchException(
                $"a block of {block.Count} threads: '{kernel.Name}' takes {kernel.MaxThreadsPerBlock} at most"
            );
        }

        if (kernel.RequiredBlock is { } required && required != block)
        {
            throw new PtxLaunchException($"a block of {block}: '{kernel.Name}' takes blocks of {required} only");
        }

        if (dynamicSharedBytes < 0 || (long)kernel.StaticSharedBytes + dynamicSharedBytes > options.MaxSharedBytes)
        {
            throw new PtxLaunchException(
                $"{kernel.StaticSharedBytes} bytes of shared memory in '{kernel.Name}' and {dynamicSharedBytes} of the launch: a block has {options.MaxSharedBytes} at most"
            );
        }

        if (parameterBytes != kernel.ParameterBytes)
        {
            throw new PtxLaunchException(
                $"a parameter buffer of {parameterBytes} bytes: '{kernel.Name}' has {kernel.ParameterBytes} bytes of parameters"
            );
        }

        return kernel.StaticSharedBytes + dynamicSharedBytes;
    }
}
