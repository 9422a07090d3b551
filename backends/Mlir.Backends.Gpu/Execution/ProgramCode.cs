using System.Collections.Immutable;
using Mlir.Lowering.Gpu;

namespace Mlir.Backends.Gpu.Execution;

/// <summary>The code of a program for a device.</summary>
public static class ProgramCode
{
    /// <summary>The PTX of a program's kernels, with what the program says about them.</summary>
    /// <param name="program">The program.</param>
    /// <param name="ptx">The text.</param>
    public static GpuCode OfPtx(GpuProgram program, string ptx) => GpuCode.FromPtx(ptx, Kernels(program));

    /// <summary>The SPIR-V of a program's kernels, with what the program says about them.</summary>
    /// <param name="program">The program.</param>
    /// <param name="module">The module.</param>
    public static GpuCode OfSpirV(GpuProgram program, ReadOnlyMemory<byte> module) =>
        GpuCode.FromSpirV(module, Kernels(program));

    private static ImmutableArray<GpuKernelInfo> Kernels(GpuProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return
        [
            .. program.Kernels.Select(static kernel => new GpuKernelInfo(
                kernel.Name,
                [.. kernel.Parameters.Select(Parameter)],
                "",
                kernel.Place
            )),
        ];
    }

    private static GpuParameter Parameter(KernelParameterKind kind) =>
        kind switch
        {
            KernelParameterKind.Bits8 => GpuParameter.Scalar8,
            KernelParameterKind.Bits16 => GpuParameter.Scalar16,
            KernelParameterKind.Bits32 => GpuParameter.Scalar32,
            KernelParameterKind.Bits64 => GpuParameter.Scalar64,
            KernelParameterKind.ReadOnlyAddress => GpuParameter.Input,
            _ => GpuParameter.Output,
        };
}
