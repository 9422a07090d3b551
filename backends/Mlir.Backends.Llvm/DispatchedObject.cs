using System.Text;
using Mlir.Backends.Llvm.Interop;
using Mlir.Backends.Llvm.Translation;

namespace Mlir.Backends.Llvm;

/// <summary>
/// One object file with a variant of every public function for each level of processors. The function itself jumps to the variant that
/// its first call chose, by asking the processor what it can do.
/// </summary>
/// <remarks>
/// The choice executes <c>cpuid</c> and <c>xgetbv</c> and needs no library, and no indirect functions (<c>ifunc</c>), which not every
/// C library and no just-in-time linker knows: a plain C compiler links the object.
/// </remarks>
internal static class DispatchedObject
{
    /// <summary>The levels of the x86-64 psABI, lowest first; a resolver counts in these.</summary>
    public static readonly string[] Levels = ["x86-64", "x86-64-v2", "x86-64-v3", "x86-64-v4"];

    private const string Level = "mlir.x86_64.level";

    /// <summary>Compiles the variants.</summary>
    /// <param name="variants">One for each level; the lowest one also serves processors below it.</param>
    /// <param name="triple">An x86-64 target of ELF files.</param>
    /// <param name="options">How; the target is the triple's and each variant's.</param>
    public static byte[] Emit(IReadOnlyList<TargetVariant> variants, string triple, LlvmOptions options)
    {
        var baseline = new LlvmTarget(triple, Levels[0]);
        foreach (var variant in variants)
        {
            LevelOf(variant.Cpu); // names what is none
        }

        if (baseline.Architecture is not ("x86_64" or "amd64") || !triple.Contains("linux", StringComparison.Ordinal))
        {
            throw new LlvmException($"variants for several processors need x86-64 and Linux, not '{triple}'");
        }

        var ordered = variants.OrderBy(static variant => LevelOf(variant.Cpu)).ToArray();
        var level =
            options.Optimization == LlvmOptimization.None ? LLVMCodeGenOptLevel.None : LLVMCodeGenOptLevel.Aggressive;
        using var worker = LlvmWorker.Rent(baseline, level);
        using var whole = new LlvmModule(worker.Context, "module");
        worker.Prepare(whole);
        IReadOnlyList<(string Name, string Type)>? functions = null;
        foreach (var variant in ordered)
        {
            var how = options with { Target = baseline with { Cpu = variant.Cpu } };
            using var module = ModuleTranslator.Translate(worker.Context, variant.Module, how);
            worker.Prepare(module);
            module.SetCpu(variant.Cpu);
            var defined = module.DefinedFunctions().Select(name => (name, module.TypeOf(name))).ToArray();
            functions ??= defined;
            if (!functions.SequenceEqual(defined))
            {
                throw new LlvmException($"the variant for {variant.Cpu} has other public functions than the others");
            }

            foreach (var (name, _) in defined)
            {
                module.Rename(name, VariantName(name, variant.Cpu));
            }

            module.Verify();
            if (LlvmCompiler.PipelineFor(how, variant.Module) is { } passes)
            {
                worker.Run(module, passes);
            }

            whole.Link(module);
        }

        using (var dispatch = LlvmModule.Parse(worker.Context, Dispatch(functions ?? [], ordered)))
        {
            worker.Prepare(dispatch);
            whole.Link(dispatch);
        }

        foreach (var (name, _) in functions ?? [])
        {
            foreach (var variant in ordered)
            {
                whole.Hide(VariantName(name, variant.Cpu));
            }
        }

        whole.Verify();
        using var code = worker.Emit(whole, LLVMCodeGenFileType.ObjectFile);
        return code.Span.ToArray();
    }

    private static string VariantName(string function, string cpu) => $"{function}.{cpu}";

    private static int LevelOf(string cpu) =>
        Array.IndexOf(Levels, cpu) is var level and >= 0
            ? level
            : throw new LlvmException($"'{cpu}' is no level of x86-64; there are {string.Join(", ", Levels)}");

    private static string Dispatch(IReadOnlyList<(string Name, string Type)> functions, TargetVariant[] variants)
    {
        var text = new StringBuilder(LevelFunction);
        foreach (var (name, type) in functions)
        {
            // "{ ptr, i64 } (ptr, i64)" → the result, then the parameters in the last pair of parentheses.
            var open = ParametersOf(type);
            var (result, parameters) = (type[..open].TrimEnd(), Split(type[(open + 1)..^1]));
            foreach (var variant in variants)
            {
                text.Append($"declare {type[..open]} @\"{VariantName(name, variant.Cpu)}\"{type[open..]}\n");
            }

            text.Append($"@\"{name}.chosen\" = internal global ptr @\"{name}.choose\"\n");
            var declared = string.Join(", ", parameters.Select((one, i) => $"{one} %a{i}"));
            var call =
                result == "void"
                    ? $"  musttail call void %target({declared})\n  ret void\n}}\n"
                    : $"  %result = musttail call {result} %target({declared})\n  ret {result} %result\n}}\n";
            text.Append($"define {result} @\"{name}\"({declared}) nounwind {{\n");
            text.Append($"  %target = load atomic ptr, ptr @\"{name}.chosen\" monotonic, align 8\n{call}");
            text.Append($"define internal {result} @\"{name}.choose\"({declared}) nounwind noinline {{\n");
            text.Append($"  %level = call i32 @{Level}()\n");
            var chosen = $"@\"{VariantName(name, variants[0].Cpu)}\"";
            for (var i = 1; i < variants.Length; i++)
            {
                text.Append($"  %has{i} = icmp uge i32 %level, {LevelOf(variants[i].Cpu)}\n");
                text.Append(
                    $"  %p{i} = select i1 %has{i}, ptr @\"{VariantName(name, variants[i].Cpu)}\", ptr {chosen}\n"
                );
                chosen = $"%p{i}";
            }

            text.Append($"  %target = select i1 true, ptr {chosen}, ptr {chosen}\n");
            text.Append($"  store atomic ptr %target, ptr @\"{name}.chosen\" monotonic, align 8\n{call}");
        }

        return text.ToString();
    }

    /// <summary>The types of a parameter list, some of which hold commas themselves.</summary>
    private static List<string> Split(string parameters)
    {
        var types = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i <= parameters.Length; i++)
        {
            if (i == parameters.Length || (parameters[i] == ',' && depth == 0))
            {
                if (i > start)
                {
                    types.Add(parameters[start..i].Trim());
                }

                start = i + 1;
                continue;
            }

            depth += parameters[i] switch
            {
                '{' or '[' or '<' or '(' => 1,
                '}' or ']' or '>' or ')' => -1,
                _ => 0,
            };
        }

        return types;
    }

    private static int ParametersOf(string type)
    {
        var depth = 0;
        for (var i = type.Length - 1; i >= 0; i--)
        {
            depth += type[i] switch
            {
                ')' => 1,
                '(' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return i;
            }
        }

        throw new LlvmException($"'{type}' is no function type");
    }

    // The features of each level: https://gitlab.com/x86-psABIs/x86-64-ABI, "Micro-Architecture Levels". What uses wide registers
    // also needs the system to save them, which xgetbv tells; it may be executed where leaf 1 has the OSXSAVE bit.
    private const string LevelFunction = """
        define internal i32 @mlir.x86_64.level() nounwind {
        start:
          %leaf0 = call { i32, i32, i32, i32 } asm sideeffect "cpuid", "={ax},={bx},={cx},={dx},{ax},{cx}"(i32 0, i32 0)
          %last = extractvalue { i32, i32, i32, i32 } %leaf0, 0
          %leaf1 = call { i32, i32, i32, i32 } asm sideeffect "cpuid", "={ax},={bx},={cx},={dx},{ax},{cx}"(i32 1, i32 0)
          %c1 = extractvalue { i32, i32, i32, i32 } %leaf1, 2
          %leafx = call { i32, i32, i32, i32 } asm sideeffect "cpuid", "={ax},={bx},={cx},={dx},{ax},{cx}"(i32 -2147483647, i32 0)
          %cx = extractvalue { i32, i32, i32, i32 } %leafx, 2
          ; v2: SSE3, SSSE3, CMPXCHG16B, SSE4.1, SSE4.2, POPCNT; LAHF
          %v2bits = and i32 %c1, 9970177
          %v2fine = icmp eq i32 %v2bits, 9970177
          %lahf = and i32 %cx, 1
          %lahffine = icmp ne i32 %lahf, 0
          %v2 = and i1 %v2fine, %lahffine
          ; v3: FMA, MOVBE, OSXSAVE, AVX, F16C; LZCNT
          %v3bits = and i32 %c1, 943722496
          %v3fine = icmp eq i32 %v3bits, 943722496
          %lzcnt = and i32 %cx, 32
          %lzcntfine = icmp ne i32 %lzcnt, 0
          %leaf7exists = icmp uge i32 %last, 7
          %a = and i1 %v2, %v3fine
          %b = and i1 %a, %lzcntfine
          %c = and i1 %b, %leaf7exists
          br i1 %c, label %wide, label %narrow
        wide:
          %leaf7 = call { i32, i32, i32, i32 } asm sideeffect "cpuid", "={ax},={bx},={cx},={dx},{ax},{cx}"(i32 7, i32 0)
          %b7 = extractvalue { i32, i32, i32, i32 } %leaf7, 1
          %saved = call { i32, i32 } asm sideeffect "xgetbv", "={ax},={dx},{cx}"(i32 0)
          %state = extractvalue { i32, i32 } %saved, 0
          ; v3: BMI1, AVX2, BMI2, and the upper halves of 256-bit registers saved
          %v3bits7 = and i32 %b7, 296
          %v3fine7 = icmp eq i32 %v3bits7, 296
          %ymm = and i32 %state, 6
          %ymmfine = icmp eq i32 %ymm, 6
          %v3 = and i1 %v3fine7, %ymmfine
          ; v4: AVX512F, AVX512DQ, AVX512CD, AVX512BW, AVX512VL, and masks and 512-bit registers saved
          %v4bits = and i32 %b7, -805109760
          %v4fine = icmp eq i32 %v4bits, -805109760
          %zmm = and i32 %state, 230
          %zmmfine = icmp eq i32 %zmm, 230
          %d = and i1 %v4fine, %zmmfine
          %v4 = and i1 %d, %v3
          %level3 = select i1 %v3, i32 2, i32 1
          %level4 = select i1 %v4, i32 3, i32 %level3
          ret i32 %level4
        narrow:
          %level2 = zext i1 %v2 to i32
          ret i32 %level2
        }

        """;
}
