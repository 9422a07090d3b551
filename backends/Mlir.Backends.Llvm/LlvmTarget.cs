using Mlir.Backends.Llvm.Interop;

namespace Mlir.Backends.Llvm;

/// <summary>What code is generated for.</summary>
/// <param name="Triple">LLVM's target triple, for example <c>x86_64-pc-linux-gnu</c>.</param>
/// <param name="Cpu">The processor as LLVM names it, for example <c>znver4</c>; empty for the triple's baseline.</param>
/// <param name="Features">Features on top of the processor's, for example <c>+avx2,-avx512f</c>.</param>
public sealed record LlvmTarget(string Triple, string Cpu = "", string Features = "")
{
    private static readonly Dictionary<string, string?> Initialized = [];
    private static LlvmTarget? host;

    /// <summary>The machine that this process runs on, with every feature it has.</summary>
    /// <exception cref="LlvmUnavailableException">No usable LLVM is installed.</exception>
    public static unsafe LlvmTarget Host
    {
        get
        {
            if (host is { } known)
            {
                return known;
            }

            LlvmLibrary.Require();
            return host = new LlvmTarget(
                Messages.Take(LLVM.LLVMGetDefaultTargetTriple()),
                Messages.Take(LLVM.LLVMGetHostCPUName()),
                Messages.Take(LLVM.LLVMGetHostCPUFeatures())
            );
        }
    }

    /// <summary>The part of the triple before its first dash.</summary>
    internal string Architecture => Triple.IndexOf('-') is var dash and >= 0 ? Triple[..dash] : Triple;

    /// <summary>Whether the code is SPIR-V, which drivers compile once more.</summary>
    internal bool IsSpirv => Architecture.StartsWith("spirv", StringComparison.Ordinal);

    /// <summary>Makes a new machine for this target; it serves one thread at a time.</summary>
    internal unsafe LLVMTargetMachineHandle CreateMachine(LLVMCodeGenOptLevel level)
    {
        string? reason;
        lock (Initialized)
        {
            if (!Initialized.TryGetValue(Architecture, out reason))
            {
                Initialized[Architecture] = reason = Initialize(Architecture);
            }
        }

        if (reason is not null)
        {
            throw new LlvmException($"cannot generate code for '{Triple}': {reason}");
        }

        LLVMTargetRef target;
        byte* message = null;
        if (LLVM.LLVMGetTargetFromTriple(Triple, &target, &message) != 0)
        {
            throw new LlvmException($"cannot generate code for '{Triple}': {Messages.Take(message)}");
        }

        // PIC and the small model: the same object can be loaded by the JIT, linked into a library or sent elsewhere.
        return new(
            LLVM.LLVMCreateTargetMachine(target, Triple, Cpu, Features, level, LLVMRelocMode.PIC, LLVMCodeModel.Small)
        );
    }

    /// <summary>Registers one architecture only: registering all of them costs milliseconds at start-up.</summary>
    private static string? Initialize(string architecture)
    {
        var name = architecture switch
        {
            "x86_64" or "amd64" or "i386" or "i486" or "i586" or "i686" => "X86",
            "aarch64" or "arm64" or "aarch64_be" => "AArch64",
            "nvptx" or "nvptx64" => "NVPTX",
            "amdgcn" or "r600" => "AMDGPU",
            "wasm32" or "wasm64" => "WebAssembly",
            "s390x" => "SystemZ",
            _ when architecture.StartsWith("arm", StringComparison.Ordinal) => "ARM",
            _ when architecture.StartsWith("thumb", StringComparison.Ordinal) => "ARM",
            _ when architecture.StartsWith("riscv", StringComparison.Ordinal) => "RISCV",
            _ when architecture.StartsWith("spirv", StringComparison.Ordinal) => "SPIRV",
            _ when architecture.StartsWith("ppc", StringComparison.Ordinal) => "PowerPC",
            _ when architecture.StartsWith("powerpc", StringComparison.Ordinal) => "PowerPC",
            _ when architecture.StartsWith("loongarch", StringComparison.Ordinal) => "LoongArch",
            _ => null,
        };
        if (name is null)
        {
            return "unknown architecture";
        }

        var library = LlvmLibrary.Require();
        foreach (var part in (ReadOnlySpan<string>)["TargetInfo", "Target", "TargetMC", "AsmPrinter"])
        {
            if (!library.TryInvoke($"LLVMInitialize{name}{part}"))
            {
                return $"{library.Path} was built without {name}";
            }
        }

        // Only inline assembly needs the parser, and not every target has one.
        library.TryInvoke($"LLVMInitialize{name}AsmParser");
        return null;
    }
}
