using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects.Nvvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>What NVIDIA's processors have: each op is a call of the intrinsic that it names.</summary>
internal static unsafe class NvvmRules
{
    public static void AddTo(Dictionary<Type, Rule> table)
    {
        foreach (
            var type in (ReadOnlySpan<Type>)
                [
                    typeof(ThreadIdXOp),
                    typeof(ThreadIdYOp),
                    typeof(ThreadIdZOp),
                    typeof(BlockIdXOp),
                    typeof(BlockIdYOp),
                    typeof(BlockIdZOp),
                    typeof(BlockDimXOp),
                    typeof(BlockDimYOp),
                    typeof(BlockDimZOp),
                    typeof(GridDimXOp),
                    typeof(GridDimYOp),
                    typeof(GridDimZOp),
                    typeof(LaneIdOp),
                    typeof(SyncWarpOp),
                    typeof(ShflOp),
                    typeof(CpAsyncOp),
                    typeof(CpAsyncCommitGroupOp),
                    typeof(MmaOp),
                ]
        )
        {
            table[type] = static (t, op) => Call(t, ((INvvmIntrinsic)op).Intrinsic, [], Operands(t, op));
        }

        table.On<LdMatrixOp>(static (t, op) => Call(t, op.Intrinsic, [t.TypeOf(op.Ptr)], Operands(t, op)));
        table.On<CpAsyncWaitGroupOp>(
            static (t, op) =>
                Call(t, "llvm.nvvm.cp.async.wait.group", [], [LLVM.LLVMConstInt(t.Types.I32, (ulong)op.N, 0)])
        );

        // Version 21 replaced the barrier of all threads by one that takes its number.
        table.On<Barrier0Op>(
            static (t, op) =>
                LlvmLibrary.Version.Major >= 21
                    ? Call(t, "llvm.nvvm.barrier.cta.sync.aligned.all", [], [LLVM.LLVMConstInt(t.Types.I32, 0, 0)])
                    : Call(t, op.Intrinsic, [], [])
        );
    }

    private static LLVMValueRef[] Operands(FunctionTranslator t, Operation op) =>
        [.. op.Operands.ToArray().Select(operand => t[operand])];

    private static LLVMValueRef Call(
        FunctionTranslator t,
        string name,
        ReadOnlySpan<LLVMTypeRef> overloads,
        ReadOnlySpan<LLVMValueRef> arguments
    )
    {
        var (function, type) = t.Module.Intrinsic(name, overloads);
        fixed (LLVMValueRef* first = arguments)
        {
            return LLVM.LLVMBuildCall2(
                t.Builder,
                type,
                function,
                first,
                (uint)arguments.Length,
                FunctionTranslator.Unnamed
            );
        }
    }
}
