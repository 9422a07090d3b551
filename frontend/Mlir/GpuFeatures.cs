namespace Mlir;

/// <summary>What kernels may use of a GPU that others have not.</summary>
[Flags]
public enum GpuFeatures
{
    /// <summary>What every GPU has that is supported at all.</summary>
    None = 0,

    /// <summary>
    /// Products of large matrices by Hopper's <c>wgmma</c>, on devices of compute capability 9.0; elsewhere it changes nothing. Which of the two ways is
    /// faster was not measured yet, on no such device.
    /// </summary>
    Wgmma = 1,
}
