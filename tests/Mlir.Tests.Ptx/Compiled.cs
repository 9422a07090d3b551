using Mlir.Backends.Llvm;

namespace Mlir.Tests.Ptx;

/// <summary>PTX as LLVM's NVPTX back end writes it, out of LLVM IR.</summary>
internal static class Compiled
{
    private static readonly LlvmTarget Sm80 = new("nvptx64-nvidia-cuda", "sm_80", "+ptx70");

    private const string Header = """
        target triple = "nvptx64-nvidia-cuda"
        target datalayout = "e-p6:32:32-i64:64-i128:128-i256:256-v16:16-v32:32-n16:32:64"

        """;

    /// <summary>Compiles LLVM IR, without a triple and a data layout, to PTX for sm_80.</summary>
    public static string Ptx(string ir, string passes = "default<O2>") =>
        LlvmCompiler.Assembly(
            new LlvmOptions { Target = Sm80, Passes = passes },
            context => LlvmModule.Parse(context, Header + ir)
        );

    /// <summary>Compiles LLVM IR and reads the PTX.</summary>
    public static PtxModule Module(string ir) => PtxModule.Parse(Ptx(ir));
}
