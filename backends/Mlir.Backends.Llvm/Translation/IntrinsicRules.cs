using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>
/// Calls of LLVM's intrinsics. MLIR names each as LLVM does (<c>llvm.intr.ctpop</c> is <c>llvm.ctpop</c>), so a rule says only which
/// types the intrinsic is overloaded on and which attributes become arguments.
/// </summary>
internal static unsafe class IntrinsicRules
{
    /// <summary>The version in which masked accesses lost their alignment argument and lifetimes their size.</summary>
    private const int SlimArguments = 22;

    public static void AddTo(Dictionary<Type, Rule> table)
    {
        foreach (
            var type in (ReadOnlySpan<Type>)
                [
                    typeof(FAbsOp),
                    typeof(FCeilOp),
                    typeof(FFloorOp),
                    typeof(FTruncOp),
                    typeof(RoundOp),
                    typeof(RoundEvenOp),
                    typeof(RintOp),
                    typeof(NearbyintOp),
                    typeof(SqrtOp),
                    typeof(CopySignOp),
                    typeof(FMAOp),
                    typeof(FMulAddOp),
                    typeof(MinNumOp),
                    typeof(MaxNumOp),
                    typeof(MinimumOp),
                    typeof(MaximumOp),
                    typeof(CtPopOp),
                    typeof(BitReverseOp),
                    typeof(ByteSwapOp),
                    typeof(FshlOp),
                    typeof(FshrOp),
                    typeof(SMaxOp),
                    typeof(SMinOp),
                    typeof(UMaxOp),
                    typeof(UMinOp),
                    typeof(SAddSatOp),
                    typeof(UAddSatOp),
                    typeof(SSubSatOp),
                    typeof(USubSatOp),
                    typeof(SSHLSatOp),
                    typeof(USHLSatOp),
                    typeof(ExpectOp),
                ]
        )
        {
            table[type] = OnResult;
        }

        foreach (
            var type in (ReadOnlySpan<Type>)
                [
                    typeof(SAddWithOverflowOp),
                    typeof(UAddWithOverflowOp),
                    typeof(SSubWithOverflowOp),
                    typeof(USubWithOverflowOp),
                    typeof(SMulWithOverflowOp),
                    typeof(UMulWithOverflowOp),
                    typeof(VectorReduceAddOp),
                    typeof(VectorReduceMulOp),
                    typeof(VectorReduceAndOp),
                    typeof(VectorReduceOrOp),
                    typeof(VectorReduceXorOp),
                    typeof(VectorReduceSMaxOp),
                    typeof(VectorReduceSMinOp),
                    typeof(VectorReduceUMaxOp),
                    typeof(VectorReduceUMinOp),
                    typeof(VectorReduceFMaxOp),
                    typeof(VectorReduceFMinOp),
                    typeof(VectorReduceFMaximumOp),
                    typeof(VectorReduceFMinimumOp),
                ]
        )
        {
            table[type] = OnFirstOperand;
        }

        table[typeof(VectorReduceFAddOp)] = OnSecondOperand;
        table[typeof(VectorReduceFMulOp)] = OnSecondOperand;
        table[typeof(StackRestoreOp)] = OnFirstOperand;
        table[typeof(StackSaveOp)] = OnResult;
        table.On<AbsOp>(static (t, op) => OnResult(t, op, Flag(t, op.IsIntMinPoison)));
        table.On<CountLeadingZerosOp>(static (t, op) => OnResult(t, op, Flag(t, op.IsZeroPoison)));
        table.On<CountTrailingZerosOp>(static (t, op) => OnResult(t, op, Flag(t, op.IsZeroPoison)));
        table.On<IsFPClassOp>(static (t, op) => Call(t, op, [t.TypeOf(op.In)], [t[op.In], Number(t, op.Bit)]));
        table.On<MemcpyOp>(static (t, op) => Move(t, op, op.IsVolatile));
        table.On<MemmoveOp>(static (t, op) => Move(t, op, op.IsVolatile));
        table.On<MemsetOp>(
            static (t, op) =>
                Call(
                    t,
                    op,
                    [t.TypeOf(op.Dst), t.TypeOf(op.Len)],
                    [t[op.Dst], t[op.Val], t[op.Len], Flag(t, op.IsVolatile)]
                )
        );
        table[typeof(LifetimeStartOp)] = Lifetime;
        table[typeof(LifetimeEndOp)] = Lifetime;
        table.On<MaskedLoadOp>(
            static (t, op) =>
            {
                var load = Masked(
                    t,
                    op,
                    t[op.Data],
                    op.Alignment,
                    0,
                    [t[op.Mask], PassThru(t, op.PassThru, op)],
                    [t.TypeOf(op.Results[0]), t.TypeOf(op.Data)]
                );
                if (op.Nontemporal)
                {
                    LLVM.LLVMSetMetadata(load, t.Module.MetadataKind("nontemporal"), t.Module.TrueNode());
                }

                return load;
            }
        );
        table.On<MaskedGatherOp>(
            static (t, op) =>
                Masked(
                    t,
                    op,
                    t[op.Ptrs],
                    op.Alignment,
                    0,
                    [t[op.Mask], PassThru(t, op.PassThru, op)],
                    [t.TypeOf(op.Results[0]), t.TypeOf(op.Ptrs)]
                )
        );
        table.On<MaskedStoreOp>(
            static (t, op) =>
                Masked(
                    t,
                    op,
                    t[op.Data],
                    op.Alignment,
                    1,
                    [t[op.Value], t[op.Mask]],
                    [t.TypeOf(op.Value), t.TypeOf(op.Data)]
                )
        );
        table.On<MaskedScatterOp>(
            static (t, op) =>
                Masked(
                    t,
                    op,
                    t[op.Ptrs],
                    op.Alignment,
                    1,
                    [t[op.Value], t[op.Mask]],
                    [t.TypeOf(op.Value), t.TypeOf(op.Ptrs)]
                )
        );
    }

    /// <summary>Overloaded on the type of the result.</summary>
    private static LLVMValueRef OnResult(FunctionTranslator t, Operation op) =>
        Call(t, op, [t.TypeOf(op.Results[0])], Operands(t, op));

    private static LLVMValueRef OnResult(FunctionTranslator t, Operation op, LLVMValueRef last) =>
        Call(t, op, [t.TypeOf(op.Results[0])], [.. Operands(t, op), last]);

    private static LLVMValueRef OnFirstOperand(FunctionTranslator t, Operation op) =>
        Call(t, op, [t.TypeOf(op.Operands[0])], Operands(t, op));

    private static LLVMValueRef OnSecondOperand(FunctionTranslator t, Operation op) =>
        Call(t, op, [t.TypeOf(op.Operands[1])], Operands(t, op));

    private static LLVMValueRef Move(FunctionTranslator t, Operation op, bool isVolatile) =>
        Call(
            t,
            op,
            [t.TypeOf(op.Operands[0]), t.TypeOf(op.Operands[1]), t.TypeOf(op.Operands[2])],
            [.. Operands(t, op), Flag(t, isVolatile)]
        );

    private static LLVMValueRef Lifetime(FunctionTranslator t, Operation op)
    {
        var pointer = t[op.Operands[0]];
        LLVMTypeRef[] overloads = [t.TypeOf(op.Operands[0])];
        if (LlvmLibrary.Version.Major >= SlimArguments)
        {
            return Call(t, op, overloads, [pointer]);
        }

        var unknownSize = LLVM.LLVMConstInt(LLVM.LLVMIntTypeInContext(t.Module.Context.Ref, 64), ulong.MaxValue, 1);
        return Call(t, op, overloads, [unknownSize, pointer]);
    }

    /// <summary>A masked access: the alignment is an attribute of the address or, in older versions, the argument after it.</summary>
    private static LLVMValueRef Masked(
        FunctionTranslator t,
        Operation op,
        LLVMValueRef address,
        long alignment,
        int position,
        ReadOnlySpan<LLVMValueRef> others,
        ReadOnlySpan<LLVMTypeRef> overloads
    )
    {
        var arguments = new List<LLVMValueRef>(4);
        arguments.AddRange(others);
        arguments.Insert(position, address);
        if (LlvmLibrary.Version.Major < SlimArguments)
        {
            arguments.Insert(position + 1, Number(t, alignment));
            return Call(t, op, overloads, [.. arguments]);
        }

        var call = Call(t, op, overloads, [.. arguments]);
        t.Module.Attributes.AlignArgument(call, position, alignment);
        return call;
    }

    private static LLVMValueRef PassThru(FunctionTranslator t, OperandList operands, Operation op) =>
        operands.Count > 0 ? t[operands[0]] : LLVM.LLVMGetPoison(t.TypeOf(op.Results[0]));

    private static LLVMValueRef[] Operands(FunctionTranslator t, Operation op)
    {
        var operands = new LLVMValueRef[op.Operands.Count];
        for (var i = 0; i < operands.Length; i++)
        {
            operands[i] = t[op.Operands[i]];
        }

        return operands;
    }

    private static LLVMValueRef Flag(FunctionTranslator t, bool value) =>
        LLVM.LLVMConstInt(t.Types.I1, value ? 1UL : 0, 0);

    private static LLVMValueRef Number(FunctionTranslator t, long value) =>
        LLVM.LLVMConstInt(t.Types.I32, (ulong)value, 0);

    private static LLVMValueRef Call(
        FunctionTranslator t,
        Operation op,
        ReadOnlySpan<LLVMTypeRef> overloads,
        ReadOnlySpan<LLVMValueRef> arguments
    )
    {
        // "llvm.intr.ctpop" → "llvm.ctpop"
        var (function, type) = t.Module.Intrinsic(
            string.Concat("llvm.", op.Name.AsSpan("llvm.intr.".Length)),
            overloads
        );
        fixed (LLVMValueRef* first = arguments)
        {
            return ArithmeticRules.WithFastMath(
                LLVM.LLVMBuildCall2(
                    t.Builder,
                    type,
                    function,
                    first,
                    (uint)arguments.Length,
                    FunctionTranslator.Unnamed
                ),
                op
            );
        }
    }
}
