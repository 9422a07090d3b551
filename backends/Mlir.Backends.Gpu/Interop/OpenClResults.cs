using System.Globalization;

namespace Mlir.Backends.Gpu.Interop;

/// <summary>OpenCL's results among those of the CUDA driver: what has a meaning for the runtime has its number, the others keep their own.</summary>
internal static class OpenClResults
{
    /// <summary>A result of OpenCL, which is 0 or negative.</summary>
    public static DriverResult Of(int result) =>
        result switch
        {
            0 => DriverResult.Success,
            -1 => DriverResult.NoDevice,
            -4 or -5 or -6 => DriverResult.OutOfMemory, // memory objects, resources, of the host
            -46 => DriverResult.NotFound, // no kernel of this name
            -54 or -55 => DriverResult.LaunchOutOfResources, // work-group or work-item size
            _ => (DriverResult)result,
        };

    /// <summary>A result's name, or its number where OpenCL has no better one here.</summary>
    public static string NameOf(DriverResult result) =>
        (int)result < 0
            ? string.Create(CultureInfo.InvariantCulture, $"OpenCL error {(int)result}")
            : $"{result} ({((int)result).ToString(CultureInfo.InvariantCulture)})";
}
