using System.Collections.Immutable;
using Mlir.Backends.Llvm.Interop;
using Mlir.Backends.Llvm.Translation;
using Mlir.Backends.Storage;
using Mlir.IR;
using Mlir.Runtime;

namespace Mlir.Backends.Llvm;

/// <summary>Modules of the <c>llvm</c> dialect → code in memory, LLVM IR, assembly, object files.</summary>
public static class LlvmJit
{
    private static int warm;

    /// <summary>
    /// Loads LLVM and compiles an empty function on another thread, once in a process: the first use of LLVM costs some thirty
    /// milliseconds, in which the caller can read and lower its program.
    /// </summary>
    public static void WarmUp()
    {
        if (Interlocked.Exchange(ref warm, 1) != 0)
        {
            return;
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            static _ =>
            {
                try
                {
                    // Code over vectors is made by another of LLVM's machines than the rest.
                    foreach (var passes in (string?[])[LlvmCompiler.VectorPasses, null])
                    {
                        LlvmCompiler
                            .Load(
                                LlvmOptions.Default with
                                {
                                    Passes = passes,
                                },
                                static context => LlvmModule.Parse(context, "define void @warm() nounwind { ret void }")
                            )
                            .Dispose();
                    }
                }
                catch (LlvmException)
                {
                    // The compilation that somebody waits for will say it.
                }
            },
            null
        );
    }

    /// <summary>Compiles a lowered module into this process.</summary>
    /// <param name="lowered">A module that holds nothing but <c>llvm</c> ops and follows the kernel ABI.</param>
    /// <param name="options">How; null for full optimisation for the host.</param>
    /// <exception cref="LlvmUnavailableException">No usable LLVM is installed.</exception>
    /// <exception cref="DiagnosticException">The target cannot do what an op asks for.</exception>
    public static CompiledModule Compile(LoweredModule lowered, LlvmOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(lowered);
        var objects = LlvmCompiler.RunParts(
            options ?? LlvmOptions.Default,
            lowered.Module,
            static (worker, module) => worker.Emit(module, LLVMCodeGenFileType.ObjectFile)
        );
        try
        {
            return new JitModule(
                lowered.Functions,
                lowered.Errors,
                OrcJit.Load(objects, LlvmCompiler.Symbols(lowered.Module))
            );
        }
        finally
        {
            Array.ForEach(objects, static o => o.Dispose());
        }
    }

    /// <summary>Links into this process what <see cref="EmitObject(Operation, LlvmOptions?)"/> made, perhaps in another one on the same machine.</summary>
    /// <param name="objectFile">The bytes of the object file.</param>
    /// <param name="functions">The functions that it holds and that are to be callable: <see cref="LoweredModule.Functions"/>.</param>
    /// <param name="errors">The error table of the module: <see cref="LoweredModule.Errors"/>.</param>
    /// <returns>The module. Its functions can be called through their packed entries only.</returns>
    /// <exception cref="LlvmUnavailableException">No usable LLVM is installed.</exception>
    /// <exception cref="LlvmException">The bytes are no object file, or a function is missing.</exception>
    public static CompiledModule Load(
        ReadOnlySpan<byte> objectFile,
        ImmutableArray<FunctionInterface> functions,
        ImmutableArray<KernelError> errors
    )
    {
        using var bytes = LLVMMemoryBufferHandle.Copy(objectFile, "object");
        var code = OrcJit.Load(
            [bytes],
            [.. functions.Select(static function => function.Name + JitModule.PackedSuffix)]
        );
        return new JitModule(functions, errors, code);
    }

    /// <summary>What object code depends on besides the module and the options: LLVM, the target, this build.</summary>
    /// <param name="options">How modules are compiled.</param>
    /// <exception cref="LlvmUnavailableException">No usable LLVM is installed.</exception>
    public static string Identity(LlvmOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var target = options.Target ?? LlvmTarget.Host;
        return $"llvm {LlvmLibrary.Version} {target} {typeof(LlvmJit).Module.ModuleVersionId}";
    }

    /// <summary>Compiles a lowered module to bytes that <see cref="LoadCode"/> makes callable, in this process or another.</summary>
    /// <param name="lowered">A module that holds nothing but <c>llvm</c> ops and follows the kernel ABI.</param>
    /// <param name="options">How; null for full optimisation for the host.</param>
    /// <exception cref="LlvmUnavailableException">No usable LLVM is installed.</exception>
    /// <exception cref="DiagnosticException">The target cannot do what an op asks for.</exception>
    public static StoredCode EmitCode(LoweredModule lowered, LlvmOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(lowered);
        var objects = LlvmCompiler.RunParts(
            options ?? LlvmOptions.Default,
            lowered.Module,
            static (worker, module) =>
            {
                using var code = worker.Emit(module, LLVMCodeGenFileType.ObjectFile);
                return (ReadOnlyMemory<byte>)code.Span.ToArray();
            }
        );
        return new StoredCode(lowered.Functions, lowered.Errors, LlvmCompiler.Symbols(lowered.Module), [.. objects]);
    }

    /// <summary>Links code into this process.</summary>
    /// <param name="code">What <see cref="EmitCode"/> made.</param>
    /// <returns>The module; null when the bytes are no object file for this machine, or lack a symbol.</returns>
    /// <exception cref="LlvmUnavailableException">No usable LLVM is installed.</exception>
    public static CompiledModule? LoadCode(StoredCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var objects = code.ObjectFiles.Select(static o => LLVMMemoryBufferHandle.Copy(o.Span, "object")).ToArray();
        try
        {
            return new JitModule(code.Functions, code.Errors, OrcJit.Load(objects, code.Symbols));
        }
        catch (LlvmException)
        {
            return null;
        }
        finally
        {
            Array.ForEach(objects, static o => o.Dispose());
        }
    }

    /// <summary>The LLVM IR of a module, optimised as <paramref name="options"/> say.</summary>
    /// <param name="module">A module that holds nothing but <c>llvm</c> ops.</param>
    /// <param name="options">How; null for full optimisation for the host.</param>
    public static string EmitLlvmIr(Operation module, LlvmOptions? options = null) =>
        LlvmCompiler.Text(Tuned(module, options), Translate(module, options ?? LlvmOptions.Default));

    /// <summary>The assembly of a module.</summary>
    /// <param name="module">A module that holds nothing but <c>llvm</c> ops.</param>
    /// <param name="options">How; null for full optimisation for the host.</param>
    public static string EmitAssembly(Operation module, LlvmOptions? options = null) =>
        LlvmCompiler.Assembly(Tuned(module, options), Translate(module, options ?? LlvmOptions.Default));

    /// <summary>The bytes of a relocatable object file.</summary>
    /// <param name="module">A module that holds nothing but <c>llvm</c> ops.</param>
    /// <param name="options">How; null for full optimisation for the host.</param>
    public static byte[] EmitObject(Operation module, LlvmOptions? options = null) =>
        LlvmCompiler.Object(Tuned(module, options), Translate(module, options ?? LlvmOptions.Default));

    /// <summary>
    /// The LLVM IR and the assembly of a module as <see cref="Compile"/> makes them: of one part after the other where it has several.
    /// </summary>
    /// <param name="module">A module that holds nothing but <c>llvm</c> ops.</param>
    /// <param name="options">How; null for full optimisation for the host.</param>
    public static (string Ir, string Assembly) EmitListings(Operation module, LlvmOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        var parts = LlvmCompiler.RunParts(
            options ?? LlvmOptions.Default,
            module,
            static (worker, part) => (Ir: part.ToString(), Assembly: LlvmCompiler.Assembly(worker, part))
        );
        return (
            string.Join('\n', parts.Select(static p => p.Ir)),
            string.Join('\n', parts.Select(static p => p.Assembly))
        );
    }

    /// <summary>One object file for several levels of x86-64 processors: each public function goes to the best variant that the processor can run.</summary>
    /// <param name="variants">A variant for each level; the lowest one runs on every processor below the next.</param>
    /// <param name="triple">An x86-64 Linux target; null for the host.</param>
    /// <param name="options">How; null for full optimisation.</param>
    /// <exception cref="LlvmException">The target has no such levels, or the variants have other public functions.</exception>
    public static byte[] EmitObject(
        IReadOnlyList<TargetVariant> variants,
        string? triple = null,
        LlvmOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(variants);
        ArgumentOutOfRangeException.ThrowIfZero(variants.Count, nameof(variants));
        return DispatchedObject.Emit(variants, triple ?? LlvmTarget.Host.Triple, options ?? LlvmOptions.Default);
    }

    /// <summary>The options with the passes for a module.</summary>
    private static LlvmOptions Tuned(Operation module, LlvmOptions? options)
    {
        ArgumentNullException.ThrowIfNull(module);
        var how = options ?? LlvmOptions.Default;
        return how with { Passes = LlvmCompiler.PipelineFor(how, module) };
    }

    private static Func<LlvmContext, LlvmModule> Translate(Operation module, LlvmOptions options)
    {
        ArgumentNullException.ThrowIfNull(module);
        return context => ModuleTranslator.Translate(context, module, options);
    }
}
