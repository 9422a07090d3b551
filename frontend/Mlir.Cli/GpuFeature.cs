using System.CommandLine;
using Mlir.Backends;
using Mlir.Backends.Gpu;
using Mlir.Dialects.Builtin;
using Mlir.Lowering.Gpu;

namespace Mlir.Cli;

/// <summary><c>--gpu-features</c>: what kernels use that not every GPU has.</summary>
internal static class GpuFeature
{
    /// <summary>The option.</summary>
    public static Option<string[]> Option()
    {
        var option = new Option<string[]>("--gpu-features")
        {
            Description =
                "What kernels use that not every GPU has: wgmma, products of matrices on devices of compute capability 9.0",
            HelpName = "feature",
        };
        option.AcceptOnlyFromAmong(GpuBackend.Warpgroups);
        return option;
    }

    /// <summary>Says so on the module, where it was asked for and the backend has it.</summary>
    /// <param name="asked">What was asked for.</param>
    /// <param name="module">The module.</param>
    /// <param name="backend">What it is compiled for; null for a device that is not here.</param>
    public static void Apply(string[]? asked, ModuleOp module, Backend? backend)
    {
        if (asked?.Contains(GpuBackend.Warpgroups) == true && backend?.HasFeature(GpuBackend.Warpgroups) != false)
        {
            ProductsToGpu.UseWarpgroups(module);
        }
    }
}
