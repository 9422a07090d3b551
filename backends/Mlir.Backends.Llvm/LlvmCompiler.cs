using System.Collections.Immutable;
using System.Text;
using Mlir.Backends.Llvm.Interop;
using Mlir.Backends.Llvm.Translation;
using Mlir.IR;

namespace Mlir.Backends.Llvm;

/// <summary>Runs a module through LLVM: verify, optimise, then text, assembly, object bytes or code in memory.</summary>
/// <remarks>
/// What a compilation of <c>double add(double, double)</c> costs, warm, of 1.05 ms in all (LLVM 22, Zen 4): building the module 0.03,
/// verifying 0.01, <c>default&lt;O3&gt;</c> 0.23, code generation 0.76, linking and looking up 0.07, freeing 0.02. Code generation
/// leads because each call of the C API sets up some hundred passes and an assembler anew, whatever the size of the function; a new
/// target machine (1.4 ms) or context (0.1 ms) a compilation would cost more than the work, hence <see cref="LlvmWorker"/>. A loop over
/// arrays takes some ten milliseconds, half of them in instruction combining and induction variables, half in instruction selection and
/// loop strength reduction. The first compilation of a process adds 18 ms for relocating LLVM's library and 12 ms for touching its
/// pages: <see cref="LlvmJit.WarmUp"/> hides both.
/// </remarks>
internal static class LlvmCompiler
{
    /// <summary>
    /// The passes for loops that are written over vectors. Measured on Black–Scholes (LLVM 22, Zen 4): 6 ms against 37 for
    /// <c>default&lt;O3&gt;</c>, and the same instructions in the inner loops. What O3 does besides pays for scalar code only:
    /// its two vectorisers, unrolling (the lowering has done that), and instruction combining nine times over.
    /// </summary>
    public const string VectorPasses =
        "cgscc(inline)," // the body of a loop into its only caller
        + "function(sroa,early-cse<memssa>,simplifycfg,"
        + "loop-mssa(loop-rotate,licm)," // addresses and constants out of the loops
        + "instcombine<no-verify-fixpoint>,simplifycfg)";

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

    /// <summary>The bytes of an object file, and the symbols that it shows.</summary>
    public static (byte[] Bytes, ImmutableArray<string> Symbols) ObjectWithSymbols(
        LlvmOptions options,
        Func<LlvmContext, LlvmModule> build
    ) =>
        Run(
            options,
            build,
            static (worker, module) =>
            {
                ImmutableArray<string> symbols = [.. module.DefinedFunctions()];
                using var code = worker.Emit(module, LLVMCodeGenFileType.ObjectFile);
                return (code.Span.ToArray(), symbols);
            }
        );

    /// <summary>The pass pipeline for a module of the <c>llvm</c> dialect: where nothing is left to vectorise, only the passes that pay.</summary>
    public static string? PipelineFor(LlvmOptions options, Operation module) =>
        options is { Passes: null, Optimization: LlvmOptimization.Full } && VectorCode.IsComplete(module)
            ? VectorPasses
            : Pipeline(options);

    private static string? Pipeline(LlvmOptions options) =>
        options.Passes ?? (options.Optimization == LlvmOptimization.None ? null : "default<O3>");
}
