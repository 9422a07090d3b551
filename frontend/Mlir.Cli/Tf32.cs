using System.CommandLine;
using Mlir.Dialects.Builtin;
using Mlir.Lowering.Gpu;

namespace Mlir.Cli;

/// <summary><c>--allow-tf32</c>: products of f32 on a GPU's tensor cores.</summary>
internal static class Tf32
{
    /// <summary>The option.</summary>
    public static Option<bool> Option() =>
        new("--allow-tf32")
        {
            Description = "Let a GPU's tensor cores multiply matrices of f32, with ten bits of each factor's fraction",
        };

    /// <summary>Says so on the module, if it was asked for.</summary>
    public static void Apply(bool isAsked, ModuleOp module)
    {
        if (isAsked)
        {
            ProductsToGpu.AllowTf32(module);
        }
    }
}
