using System.Globalization;
using Mlir.Dialects.Llvm;
using Mlir.Dialects.Nvvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Gpu;

/// <summary>
/// The operations that LLVM has instructions for on each GPU, and the types that they take there. Anything else ends the process inside of LLVM,
/// so it is refused before.
/// </summary>
internal static class GpuOpcodes
{
    private static readonly Type[] Structure =
    [
        typeof(AddressOfOp),
        typeof(AllocaOp),
        typeof(BrOp),
        typeof(CallOp),
        typeof(CondBrOp),
        typeof(ConstantOp),
        typeof(ExtractElementOp),
        typeof(ExtractValueOp),
        typeof(GEPOp),
        typeof(InsertElementOp),
        typeof(InsertValueOp),
        typeof(LoadOp),
        typeof(PoisonOp),
        typeof(ReturnOp),
        typeof(SelectOp),
        typeof(ShuffleVectorOp),
        typeof(StoreOp),
        typeof(SwitchOp),
        typeof(UndefOp),
        typeof(UnreachableOp),
        typeof(ZeroOp),
    ];

    /// <summary>Operations on integers, whose operands and results are integers of one width.</summary>
    public static Type[] Integers { get; } =
    [
        typeof(AddOp),
        typeof(SubOp),
        typeof(MulOp),
        typeof(SDivOp),
        typeof(UDivOp),
        typeof(SRemOp),
        typeof(URemOp),
        typeof(AndOp),
        typeof(OrOp),
        typeof(XOrOp),
        typeof(ShlOp),
        typeof(LShrOp),
        typeof(AShrOp),
        typeof(SMaxOp),
        typeof(SMinOp),
        typeof(UMaxOp),
        typeof(UMinOp),
        typeof(AbsOp),
        typeof(CtPopOp),
        typeof(CountLeadingZerosOp),
        typeof(CountTrailingZerosOp),
    ];

    /// <summary>Of <see cref="Floats"/> those that are functions in OpenCL, where f16 need not have any.</summary>
    public static Type[] Functions { get; } =
    [
        typeof(FAbsOp),
        typeof(FCeilOp),
        typeof(FFloorOp),
        typeof(FTruncOp),
        typeof(RoundOp),
        typeof(RoundEvenOp),
        typeof(SqrtOp),
        typeof(CopySignOp),
        typeof(FMAOp),
    ];

    /// <summary>Operations on floats, whose operands and results are floats of one format.</summary>
    public static Type[] Floats { get; } =
    [typeof(FAddOp), typeof(FSubOp), typeof(FMulOp), typeof(FDivOp), typeof(FNegOp), .. Functions];

    private static readonly Type[] Mixed =
    [
        typeof(ICmpOp),
        typeof(FCmpOp),
        typeof(SExtOp),
        typeof(ZExtOp),
        typeof(TruncOp),
        typeof(FPExtOp),
        typeof(FPTruncOp),
        typeof(SIToFPOp),
        typeof(UIToFPOp),
        typeof(FPToSIOp),
        typeof(FPToUIOp),
        typeof(BitcastOp),
        typeof(IsFPClassOp),
    ];

    /// <summary>What PTX has besides.</summary>
    public static Type[] PtxOnly { get; } = [typeof(MaximumOp), typeof(MinimumOp), typeof(MaxNumOp), typeof(MinNumOp)];

    /// <summary>What PTX does on integers of 128 bits: halves of products, and what makes and takes them apart.</summary>
    private static readonly HashSet<Type> Wide =
    [
        typeof(AddOp),
        typeof(SubOp),
        typeof(MulOp),
        typeof(AndOp),
        typeof(OrOp),
        typeof(XOrOp),
        typeof(ShlOp),
        typeof(LShrOp),
        typeof(AShrOp),
        typeof(ICmpOp),
        typeof(SelectOp),
        typeof(SExtOp),
        typeof(ZExtOp),
        typeof(TruncOp),
        typeof(ConstantOp),
    ];

    /// <summary>What PTX does with bf16: it moves and converts it.</summary>
    private static readonly HashSet<Type> Brains =
    [
        .. Structure,
        typeof(BitcastOp),
        typeof(FPExtOp),
        typeof(FPTruncOp),
    ];

    private static readonly HashSet<Type> Common = [.. Structure, .. Integers, .. Floats, .. Mixed];

    private static readonly HashSet<Type> Ptx = [.. Common, .. PtxOnly, typeof(PtrToIntOp)];

    /// <summary>Why the GPU cannot do what <paramref name="op"/> says; null when it can.</summary>
    public static string? Refuse(Operation op, bool isPtx)
    {
        if (op is INvvmIntrinsic or CpAsyncWaitGroupOp)
        {
            return null;
        }

        if (op is InlineAsmOp assembly)
        {
            return isPtx ? Refuse(assembly) : "assembly is NVIDIA's";
        }

        if (!(isPtx ? Ptx : Common).Contains(op.GetType()))
        {
            return "not supported on the GPU yet";
        }

        if (op is (FPToSIOp or FPToUIOp) && op.Results[0].Type is IntegerType { Width: 1 })
        {
            return "not supported on the GPU yet: a float to a truth value";
        }

        if (!isPtx && op.Results is [{ Type: FloatType { Name: "f16" } }] && Functions.Contains(op.GetType()))
        {
            return "not supported on the GPU yet: a function of f16";
        }

        var (isWide, isBrain) = (isPtx && Wide.Contains(op.GetType()), isPtx && Brains.Contains(op.GetType()));
        foreach (var result in op.Results)
        {
            if (Refuse(result.Type, isWide, isBrain) is { } why)
            {
                return why;
            }
        }

        foreach (var operand in op.Operands)
        {
            if (Refuse(operand.Type, isWide, isBrain) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    /// <summary>LLVM ends the process where a letter, or the number of operands, is not what it expects.</summary>
    private static string? Refuse(InlineAsmOp op)
    {
        var parts = op.Constraints.Split(',', StringSplitOptions.RemoveEmptyEntries);
        IrType[] results = op.Res?.Type switch
        {
            null => [],
            LlvmStructType structure => [.. structure.Elements],
            var type => [type],
        };
        var outputs = parts.TakeWhile(p => p[0] == '=').Select(p => p[1..]).ToArray();
        var inputs = parts.Skip(outputs.Length).TakeWhile(p => p[0] != '~').ToArray();
        var types = op.AsmOperands.ToArray().Select(o => o.Type).ToArray();
        var isKnown =
            outputs.Length == results.Length
            && inputs.Length == types.Length
            && parts.Skip(outputs.Length + inputs.Length).All(p => p == "~{memory}")
            && outputs.Zip(results).All(p => Fits(p.First, p.Second))
            && inputs
                .Zip(types)
                .All(p =>
                    int.TryParse(p.First, NumberStyles.None, CultureInfo.InvariantCulture, out var tied)
                        ? tied < results.Length && results[tied] == p.Second
                        : Fits(p.First, p.Second)
                );
        return isKnown ? null : $"constraints \"{op.Constraints}\" that its operands do not have";
    }

    private static bool Fits(string letter, IrType type) =>
        letter switch
        {
            "h" => type is IntegerType { Width: 16 },
            "r" => type is IntegerType { Width: 32 },
            "l" => type is IntegerType { Width: 64 },
            "f" => type is FloatType { Name: "f32" },
            "d" => type is FloatType { Name: "f64" },
            _ => false,
        };

    private static string? Refuse(IrType type, bool isWide, bool isBrain) =>
        type switch
        {
            IntegerType { Width: 1 or 8 or 16 or 32 or 64 } => null,
            IntegerType { Width: 128 } when isWide => null,
            FloatType { Name: "f16" or "f32" or "f64" } => null,
            FloatType { Name: "bf16" } when isBrain => null,
            LlvmPointerType or LlvmArrayType or LlvmVoidType => null,
            LlvmStructType structure => structure
                .Elements.Select(e => Refuse(e, isWide, isBrain))
                .FirstOrDefault(w => w is not null),
            VectorType { Rank: 1, ScalableDims.IsEmpty: true } vector => Refuse(vector.ElementType, isWide, isBrain),
            _ => $"not supported on the GPU yet: type {type}",
        };
}
