using System.Text;
using Mlir.Backends.Llvm.Interop;

namespace Mlir.Backends.Llvm;

/// <summary>Runs a module through LLVM: verify, optimise, then text, assembly, object bytes or code in memory.</summary>
internal static class LlvmCompiler
{
    /// <summary>
    /// Builds a module with a rented worker, verifies and optimises it, and hands it to <paramref name="finish"/> while both live.
    /// </summary>
    public static T Run<T>(
        LlvmOptions options,
        Func<LlvmContext, LlvmModule> build,
        Func<LlvmWorker, LlvmModule, T> finish
    )
    {
        var level =
            options.Optimization == LlvmOptimization.None ? LLVMCodeGenOptLevel.None : LLVMCodeGenOptLevel.Aggressive;
        using var worker = LlvmWorker.Rent(options.Target ?? LlvmTarget.Host, level);
        using var module = build(worker.Context);
        worker.Prepare(module);
        module.Verify();
        if (Pipeline(options) is { } passes)
        {
            worker.Run(module, passes);
        }

        return finish(worker, module);
    }

    /// <summary>Compiles into memory of this process.</summary>
    public static NativeCode Load(LlvmOptions options, Func<LlvmContext, LlvmModule> build) =>
        Run(
            options,
            build,
            static (worker, module) =>
            {
                var functions = module.DefinedFunctions();
                using var code = worker.Emit(module, LLVMCodeGenFileType.ObjectFile);
                return OrcJit.Load(code, functions);
            }
        );

    /// <summary>The optimised LLVM IR.</summary>
    public static string Text(LlvmOptions options, Func<LlvmContext, LlvmModule> build) =>
        Run(options, build, static (_, module) => module.ToString());

    /// <summary>Assembly text.</summary>
    public static string Assembly(LlvmOptions options, Func<LlvmContext, LlvmModule> build) =>
        Run(
            options,
            build,
            static (worker, module) =>
            {
                using var text = worker.Emit(module, LLVMCodeGenFileType.AssemblyFile);
                return Encoding.UTF8.GetString(text.Span);
            }
        );

    /// <summary>The bytes of an object file.</summary>
    public static byte[] Object(LlvmOptions options, Func<LlvmContext, LlvmModule> build) =>
        Run(
            options,
            build,
            static (worker, module) =>
            {
                using var code = worker.Emit(module, LLVMCodeGenFileType.ObjectFile);
                return code.Span.ToArray();
            }
        );

    private static string? Pipeline(LlvmOptions options) =>
        options.Passes ?? (options.Optimization == LlvmOptimization.None ? null : "default<O3>");
}
