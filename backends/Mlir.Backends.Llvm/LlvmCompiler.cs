using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Text;
using Mlir.Backends.Llvm.Interop;
using Mlir.Backends.Llvm.Translation;
using Mlir.Dialects.Llvm;
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
    /// The passes for loops that are written over vectors. Measured on Black–Scholes (LLVM 22, Zen 4): 2 ms against 37 for
    /// <c>default&lt;O3&gt;</c>, and the same instructions in the inner loops. What O3 does besides pays for scalar code only:
    /// its two vectorisers, unrolling (the lowering has done that), and instruction combining nine times over.
    /// </summary>
    public const string VectorPasses =
        "always-inline," // the body of a loop into its only caller, as the translation says
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
        var passes = Pipeline(options);
        var target = options.Target ?? LlvmTarget.Host;
        var level =
            options.Optimization == LlvmOptimization.None ? LLVMCodeGenOptLevel.None
            : target.IsSpirv ? LLVMCodeGenOptLevel.None // see SpirvWriter
            : passes == VectorPasses ? LLVMCodeGenOptLevel.Less // does without a second schedule, which such code does not need
            : LLVMCodeGenOptLevel.Aggressive;
        using var worker = LlvmWorker.Rent(target, level);
        using var module = build(worker.Context);
        worker.Prepare(module);
        module.Verify();
        if (passes is not null)
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
                return OrcJit.Load([code], functions);
            }
        );

    /// <summary>The optimised LLVM IR.</summary>
    public static string Text(LlvmOptions options, Func<LlvmContext, LlvmModule> build) =>
        Run(options, build, static (_, module) => module.ToString());

    /// <summary>Assembly text.</summary>
    public static string Assembly(LlvmOptions options, Func<LlvmContext, LlvmModule> build) =>
        Run(options, build, Assembly);

    /// <summary>Assembly text of an optimised module.</summary>
    public static string Assembly(LlvmWorker worker, LlvmModule module)
    {
        using var text = worker.Emit(module, LLVMCodeGenFileType.AssemblyFile);
        return Encoding.UTF8.GetString(text.Span);
    }

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

    /// <summary>Object files of the parts of a module, each with passes of its own, generated on several threads where there are several.</summary>
    /// <param name="options">How to compile.</param>
    /// <param name="module">A module of the <c>llvm</c> dialect.</param>
    /// <param name="finish">Takes what it wants of the compiled parts, in any order and on any thread.</param>
    /// <returns>What it took, in the order of the parts.</returns>
    public static T[] RunParts<T>(LlvmOptions options, Operation module, Func<LlvmWorker, LlvmModule, T> finish)
    {
        OpcodeTable.Check(module, options.Target ?? LlvmTarget.Host);
        var parts = ModulePart.Of(module);
        var results = new T[parts.Count];
        if (parts.Count == 1)
        {
            results[0] = RunPart(0);
            return results;
        }

        var failures = new ExceptionDispatchInfo?[parts.Count];
        Parallel.For(
            0,
            parts.Count,
            i =>
            {
                try
                {
                    results[i] = RunPart(i);
                }
                catch (Exception e)
                {
                    failures[i] = ExceptionDispatchInfo.Capture(e);
                }
            }
        );
        foreach (var failure in failures)
        {
            failure?.Throw();
        }

        return results;

        T RunPart(int i) =>
            Run(
                options with
                {
                    Passes = PipelineFor(options, parts[i].Functions),
                },
                context => ModuleTranslator.Translate(context, module, parts[i], options),
                finish
            );
    }

    /// <summary>The functions of a module of the <c>llvm</c> dialect that others may call.</summary>
    public static ImmutableArray<string> Symbols(Operation module) =>
        [
            .. module
                .Regions[0]
                .Single.Operations.OfType<LLVMFuncOp>()
                .Where(static f => !f.Body.IsEmpty && f.Linkage == Linkage.External)
                .Select(static f => f.SymName),
        ];

    /// <summary>The pass pipeline for functions of the <c>llvm</c> dialect: where nothing is left to vectorise, only the passes that pay.</summary>
    public static string? PipelineFor(LlvmOptions options, IEnumerable<LLVMFuncOp> functions) =>
        options is { Passes: null, Optimization: LlvmOptimization.Full } && VectorCode.IsComplete(functions)
            ? VectorPasses
            : Pipeline(options);

    /// <summary>The pass pipeline for a whole module of the <c>llvm</c> dialect.</summary>
    public static string? PipelineFor(LlvmOptions options, Operation module) =>
        PipelineFor(options, module.Regions[0].Single.Operations.OfType<LLVMFuncOp>());

    private static string? Pipeline(LlvmOptions options) =>
        options.Passes ?? (options.Optimization == LlvmOptimization.None ? null : "default<O3>");
}
