using Mlir.Backends.Llvm.Gpu;
using Mlir.Dialects.Llvm;
using Mlir.Dialects.Nvvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>
/// What LLVM may see for each target. It is asked before LLVM sees anything, because LLVM's instruction selection ends the
/// process where it finds no instruction.
/// </summary>
internal static class OpcodeTable
{
    private const string Scalable = "vectors of unknown length need SVE or the RISC-V vector extension";

    /// <summary>Checks a whole module.</summary>
    /// <exception cref="DiagnosticException">Names every op that the target cannot do, up to a dozen.</exception>
    public static void Check(Operation module, LlvmTarget target)
    {
        var facts = new TargetFacts(target);
        var types = new Dictionary<IrType, string?>();
        var problems = new List<Diagnostic>();
        var pending = new Stack<Operation>();
        pending.Push(module);
        while (pending.TryPop(out var parent) && problems.Count < 12)
        {
            foreach (var region in parent.Regions)
            {
                foreach (var block in region.Blocks)
                {
                    for (var op = block.First; op is not null; op = op.Next)
                    {
                        if (Refuse(op, facts, types) is { } problem)
                        {
                            problems.Add(problem);
                        }

                        if (op.Regions.Count > 0)
                        {
                            pending.Push(op);
                        }
                    }
                }
            }
        }

        if (problems.Count > 0)
        {
            throw new DiagnosticException(problems);
        }
    }

    private static Diagnostic? Refuse(Operation op, TargetFacts facts, Dictionary<IrType, string?> types)
    {
        if (op is GlobalOp { ThreadLocal: true })
        {
            return Refusal(op, facts, "thread-local globals need a loader that knows them");
        }

        if (op is CallOp { OpBundleOperands.Count: > 0 })
        {
            return Refusal(op, facts, "operand bundles are not translated");
        }

        if (op is LLVMFuncOp or GlobalOp)
        {
            var type = op is LLVMFuncOp function ? function.FunctionType : ((GlobalOp)op).GlobalType;
            return Reason(type, facts, types) is { } why ? Refusal(op, facts, why) : null;
        }

        if (op is (INvvmIntrinsic or CpAsyncWaitGroupOp) && !facts.IsPtx)
        {
            return Refusal(op, facts, "only NVIDIA's processors have it");
        }

        if (op is InlineAsmOp && !facts.IsPtx)
        {
            return Refusal(op, facts, "assembly is translated for NVIDIA's processors only");
        }

        if (!Rules.Table.ContainsKey(op.GetType()))
        {
            return TranslationDiagnostics.NoRule.At(op.Location, op.Name);
        }

        if (facts.IsPtx || facts.IsSpirv)
        {
            return GpuOpcodes.Refuse(op, facts.IsPtx) is { } because ? Refusal(op, facts, because) : null;
        }

        foreach (var result in op.Results)
        {
            if (Reason(result.Type, facts, types) is { } why)
            {
                return Refusal(op, facts, why);
            }
        }

        foreach (var operand in op.Operands)
        {
            if (Reason(operand.Type, facts, types) is { } why)
            {
                return Refusal(op, facts, why);
            }
        }

        return null;
    }

    private static Diagnostic Refusal(Operation op, TargetFacts facts, string why) =>
        TranslationDiagnostics.CannotSelect.At(op.Location, op.Name, facts.Architecture, why);

    private static string? Reason(IrType type, TargetFacts facts, Dictionary<IrType, string?> types)
    {
        if (!types.TryGetValue(type, out var reason))
        {
            types[type] = reason = Find(type, facts, types);
        }

        return reason;
    }

    private static string? Find(IrType type, TargetFacts facts, Dictionary<IrType, string?> types) =>
        type switch
        {
            IntegerType { Width: > 128 } => $"integers of more than 128 bits ({type})",
            IntegerType { Signedness: not Signedness.Signless } =>
                $"{type} carries a sign, which LLVM's integers do not",
            IntegerType => null,
            FloatType { Name: "f32" or "f64" or "f16" } => null,
            FloatType { Name: "bf16" } => null,
            FloatType { Name: "f80" } => facts.IsX86 ? null : "f80 is a format of x86",
            FloatType { Name: "f128" } => facts.IsGpu ? "f128 needs a run-time library" : null,
            VectorType { ScalableDims.IsEmpty: false } => facts.HasScalableVectors ? null : Scalable,
            VectorType vector => Reason(vector.ElementType, facts, types),
            LlvmPointerType { AddressSpace: not 0 } pointer => facts.IsGpu
                ? null
                : $"there is no address space {pointer.AddressSpace}",
            LlvmPointerType or LlvmVoidType => null,
            LlvmArrayType array => Reason(array.ElementType, facts, types),
            LlvmStructType structure => structure.IsOpaque
                ? $"{type} has no size"
                : First(structure.Elements, facts, types),
            LlvmFunctionType function => Reason(function.ReturnType, facts, types)
                ?? First(function.Parameters, facts, types),
            _ => $"{type} is no type of the llvm dialect",
        };

    private static string? First(EquatableArray<IrType> list, TargetFacts facts, Dictionary<IrType, string?> types)
    {
        foreach (var type in list)
        {
            if (Reason(type, facts, types) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    /// <summary>What the rows of the table ask about a target.</summary>
    private sealed class TargetFacts(LlvmTarget target)
    {
        public string Architecture => target.Architecture;

        public bool IsX86 { get; } = target.Architecture is "x86_64" or "amd64" or "i386" or "i486" or "i586" or "i686";

        public bool IsPtx { get; } = target.Architecture is "nvptx" or "nvptx64";

        public bool IsSpirv { get; } = target.IsSpirv;

        public bool IsGpu => IsPtx || IsSpirv || target.Architecture is "amdgcn";

        public bool HasScalableVectors { get; } =
            target.Features.Contains("+sve", StringComparison.Ordinal)
            || (
                target.Architecture.StartsWith("riscv", StringComparison.Ordinal)
                && target.Features.Contains("+v", StringComparison.Ordinal)
            );
    }
}
