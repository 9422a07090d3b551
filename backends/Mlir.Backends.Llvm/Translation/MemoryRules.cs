using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects.Llvm;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>Addresses, loads, stores, the stack.</summary>
internal static unsafe class MemoryRules
{
    public static void AddTo(Dictionary<Type, Rule> table)
    {
        table.On<LoadOp>(
            static (t, op) =>
            {
                var load = LLVM.LLVMBuildLoad2(
                    t.Builder,
                    t.TypeOf(op.Results[0]),
                    t[op.Addr],
                    FunctionTranslator.Unnamed
                );
                Access(t, load, op.Alignment, op.IsVolatile, op.Nontemporal, op.Ordering);
                if (op.Invariant)
                {
                    LLVM.LLVMSetMetadata(load, t.Module.MetadataKind("invariant.load"), t.Module.EmptyNode());
                }

                return load;
            }
        );
        table.On<StoreOp>(
            static (t, op) =>
            {
                var store = LLVM.LLVMBuildStore(t.Builder, t[op.Value], t[op.Addr]);
                Access(t, store, op.Alignment, op.IsVolatile, op.Nontemporal, op.Ordering);
                return store;
            }
        );
        table.On<AllocaOp>(
            static (t, op) =>
            {
                var memory = LLVM.LLVMBuildArrayAlloca(
                    t.Builder,
                    t.Types.Translate(op.ElemType),
                    t[op.ArraySize],
                    FunctionTranslator.Unnamed
                );
                if (op.Alignment is > 0 and var alignment)
                {
                    LLVM.LLVMSetAlignment(memory, checked((uint)alignment));
                }

                return memory;
            }
        );
        table.On<GEPOp>(Address);
    }

    private static void Access(
        FunctionTranslator t,
        LLVMValueRef access,
        long? alignment,
        bool isVolatile,
        bool nontemporal,
        AtomicOrdering ordering
    )
    {
        if (alignment is > 0 and var bytes)
        {
            LLVM.LLVMSetAlignment(access, checked((uint)bytes));
        }

        if (isVolatile)
        {
            LLVM.LLVMSetVolatile(access, 1);
        }

        if (ordering != AtomicOrdering.NotAtomic)
        {
            // The numbering is LLVM's. A narrower scope than the whole system is only a licence, which is not taken.
            LLVM.LLVMSetOrdering(access, (int)ordering);
        }

        if (nontemporal)
        {
            LLVM.LLVMSetMetadata(access, t.Module.MetadataKind("nontemporal"), t.Module.TrueNode());
        }
    }

    private static LLVMValueRef Address(FunctionTranslator t, GEPOp op)
    {
        // A constant index stands in the attribute; the smallest 32-bit integer there means "the next operand".
        var count = op.RawConstantIndices.Values.Count;
        var indices = stackalloc LLVMValueRef[count];
        var next = 1;
        for (var i = 0; i < count; i++)
        {
            var constant = op.RawConstantIndices.Values[i];
            indices[i] =
                constant == int.MinValue ? t[op.Operands[next++]] : LLVM.LLVMConstInt(t.Types.I32, (ulong)constant, 1);
        }

        return t.Module.BuildGep(
            t.Types.Translate(op.ElemType),
            t[op.Operands[0]],
            indices,
            (uint)count,
            (LLVMGEPNoWrapFlags)(int)op.NoWrapFlags
        );
    }
}
