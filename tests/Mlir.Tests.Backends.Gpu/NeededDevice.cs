using Mlir.Backends.Gpu;

namespace Mlir.Tests;

/// <summary>Devices that tests need.</summary>
internal static class NeededDevice
{
    /// <summary>A device that is missing is told on a developer's machine; where tools are required, the test goes on and fails.</summary>
    public static void Check(string name)
    {
        if (
            GpuDevices.WhyUnavailable(name) is { } reason
            && Environment.GetEnvironmentVariable("REQUIRE_MLIR_TOOLS") != "1"
        )
        {
            Assert.Ignore(reason);
        }
    }
}
