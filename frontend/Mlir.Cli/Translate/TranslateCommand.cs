using System.CommandLine;
using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Llvm;
using Mlir.Backends.Llvm.Gpu;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.Lowering;
using Mlir.Lowering.Gpu;

namespace Mlir.Cli.Translate;

/// <summary><c>mlir translate</c>: what becomes of a module below MLIR.</summary>
internal static class TranslateCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "A .mlir file; - reads standard input" };
        var emit = new Option<string>("--emit")
        {
            Description =
                "llvm: LLVM IR, asm: assembly, obj: an object file, ptx: the kernels for NVIDIA's GPUs, spirv: the kernels for OpenCL (binary where the file is named *.spv)",
            Required = true,
        };
        emit.AcceptOnlyFromAmong("llvm", "asm", "obj", "ptx", "spirv");
        var output = new Option<string>("-o", "--output")
        {
            Description = "Where to write",
            HelpName = "file",
            DefaultValueFactory = _ => "-",
        };
        var level = new Option<int>("-O")
        {
            Description = "How hard LLVM optimises: 0 or 3",
            HelpName = "level",
            DefaultValueFactory = _ => 3,
        };
        level.AcceptOnlyFromAmong("0", "3");
        var triple = new Option<string?>("--triple")
        {
            Description = "The target, for example aarch64-linux-gnu; this machine otherwise",
        };
        var cpu = new Option<string>("--cpu")
        {
            Description = "The target's processor, for example znver4",
            DefaultValueFactory = _ => "",
        };
        var features = new Option<string>("--features")
        {
            Description = "The target's features, for example +avx2",
            DefaultValueFactory = _ => "",
        };
        var levels = new Option<string?>("--target-cpus")
        {
            Description =
                "With --emit obj: levels of x86-64 to compile for, as x86-64-v2,x86-64-v3,x86-64-v4; the processor at hand decides which runs",
            HelpName = "cpu,…",
        };
        var tf32 = Tf32.Option();
        var gpuFeatures = GpuFeature.Option();
        var command = new Command("translate", "Translate a .mlir file to LLVM IR, assembly or an object file")
        {
            file,
            emit,
            output,
            level,
            triple,
            cpu,
            features,
            levels,
            tf32,
            gpuFeatures,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                if (!LlvmLibrary.IsAvailable(out var reason))
                {
                    throw new UsageException(reason);
                }

                var source = await SourceFile.ReadAsync(parsed.GetRequiredValue(file), terminal, cancellation);
                var parsedModule = (ModuleOp)source.ParseAndVerify();
                Tf32.Apply(parsed.GetValue(tf32), parsedModule);
                GpuFeature.Apply(parsed.GetValue(gpuFeatures), parsedModule, backend: null);
                var options = new LlvmOptions
                {
                    Optimization = parsed.GetValue(level) == 0 ? LlvmOptimization.None : LlvmOptimization.Full,
                    Target = parsed.GetValue(triple) is { } name
                        ? new LlvmTarget(name, parsed.GetRequiredValue(cpu), parsed.GetRequiredValue(features))
                        : null,
                };
                var path = parsed.GetRequiredValue(output);
                if (parsed.GetRequiredValue(emit) is "ptx" or "spirv")
                {
                    await WriteKernels(parsedModule, parsed.GetRequiredValue(emit), path, terminal, cancellation);
                    return 0;
                }

                if (parsed.GetValue(levels) is { } names)
                {
                    if (parsed.GetRequiredValue(emit) != "obj")
                    {
                        throw new UsageException("--target-cpus makes object files: add --emit obj");
                    }

                    var target = options.Target?.Triple ?? LlvmTarget.Host.Triple;
                    var variants = names
                        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                        .Distinct()
                        .Select(one => new TargetVariant(
                            Lower(parsedModule, new LlvmTarget(target, one), cancellation),
                            one
                        ))
                        .ToArray();
                    await WriteObject(LlvmJit.EmitObject(variants, target, options), path, cancellation);
                    return 0;
                }

                var module = Lower(parsedModule, options.Target, cancellation);
                if (parsed.GetRequiredValue(emit) == "obj")
                {
                    await WriteObject(LlvmJit.EmitObject(module, options), path, cancellation);
                    return 0;
                }

                var text =
                    parsed.GetRequiredValue(emit) == "asm"
                        ? LlvmJit.EmitAssembly(module, options)
                        : LlvmJit.EmitLlvmIr(module, options);
                await WriteText(text, path, terminal, cancellation);
                return 0;
            }
        );
        return command;
    }

    /// <summary>The module in the <c>llvm</c> dialect: lowered for the CPU, unless it is there already.</summary>
    private static ModuleOp Lower(ModuleOp module, LlvmTarget? target, CancellationToken cancellation) =>
        module.Regions[0].Single.Operations.Any(op => op is FuncOp)
            ? Compiler
                .Lower(
                    module,
                    CpuBackend.Create(new CpuOptions { Target = target }),
                    PassManagerOptions.Default with
                    {
                        Cancellation = cancellation,
                    }
                )
                .Module
            : module;

    /// <summary>Writes the kernels of a module for a GPU: as text, or as OpenCL loads them where the file's name says so.</summary>
    private static async Task WriteKernels(
        ModuleOp module,
        string emit,
        string path,
        Terminal terminal,
        CancellationToken cancellation
    )
    {
        var target = emit == "ptx" ? GpuTarget.Ptx : GpuTarget.Spirv;
        new PassManager(PassManagerOptions.Default with { Cancellation = cancellation }).RunOrThrow(
            GpuLowering.PipelineFor(target),
            module
        );
        if (target == GpuTarget.Spirv && path.EndsWith(".spv", StringComparison.Ordinal))
        {
            await WriteObject(GpuCompiler.ToSpirv(module), path, cancellation);
            return;
        }

        var text = target == GpuTarget.Ptx ? GpuCompiler.ToPtx(module) : GpuCompiler.ToSpirvText(module);
        await WriteText(text, path, terminal, cancellation);
    }

    private static Task WriteText(string text, string path, Terminal terminal, CancellationToken cancellation) =>
        path == "-"
            ? terminal.Output.WriteAsync(text.AsMemory(), cancellation)
            : File.WriteAllTextAsync(path, text, cancellation);

    private static async Task WriteObject(byte[] bytes, string path, CancellationToken cancellation)
    {
        if (path == "-")
        {
            await using var stream = Console.OpenStandardOutput();
            await stream.WriteAsync(bytes, cancellation);
            return;
        }

        await File.WriteAllBytesAsync(path, bytes, cancellation);
    }
}
