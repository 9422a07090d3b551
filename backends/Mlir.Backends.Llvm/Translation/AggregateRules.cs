using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects.Llvm;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>Parts of structures, arrays and vectors.</summary>
internal static unsafe class AggregateRules
{
    public static void AddTo(Dictionary<Type, Rule> table)
    {
        table.On<ExtractValueOp>(ExtractValue);
        table.On<InsertValueOp>(InsertValue);
        table.On<ExtractElementOp>(
            static (t, op) =>
                LLVM.LLVMBuildExtractElement(t.Builder, t[op.Vector], t[op.Position], FunctionTranslator.Unnamed)
        );
        table.On<InsertElementOp>(
            static (t, op) =>
                LLVM.LLVMBuildInsertElement(
                    t.Builder,
                    t[op.Vector],
                    t[op.Value],
                    t[op.Position],
                    FunctionTranslator.Unnamed
                )
        );
        table.On<ShuffleVectorOp>(Shuffle);
    }

    private static LLVMValueRef ExtractValue(FunctionTranslator t, ExtractValueOp op)
    {
        var value = t[op.Container];
        foreach (var index in op.Position.Values)
        {
            value = LLVM.LLVMBuildExtractValue(t.Builder, value, (uint)index, FunctionTranslator.Unnamed);
        }

        return value;
    }

    private static LLVMValueRef InsertValue(FunctionTranslator t, InsertValueOp op)
    {
        // The C API takes one index: take the containers along the path apart, then put them together from the inside out.
        var path = op.Position.Values;
        var containers = new LLVMValueRef[path.Count];
        containers[0] = t[op.Container];
        for (var i = 1; i < containers.Length; i++)
        {
            containers[i] = LLVM.LLVMBuildExtractValue(
                t.Builder,
                containers[i - 1],
                (uint)path[i - 1],
                FunctionTranslator.Unnamed
            );
        }

        var value = t[op.Value];
        for (var i = containers.Length - 1; i >= 0; i--)
        {
            value = LLVM.LLVMBuildInsertValue(
                t.Builder,
                containers[i],
                value,
                (uint)path[i],
                FunctionTranslator.Unnamed
            );
        }

        return value;
    }

    private static LLVMValueRef Shuffle(FunctionTranslator t, ShuffleVectorOp op)
    {
        var lanes = op.Mask.Values;
        var mask = new LLVMValueRef[lanes.Count];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] =
                lanes[i] < 0 ? LLVM.LLVMGetPoison(t.Types.I32) : LLVM.LLVMConstInt(t.Types.I32, (ulong)lanes[i], 0);
        }

        fixed (LLVMValueRef* first = mask)
        {
            return LLVM.LLVMBuildShuffleVector(
                t.Builder,
                t[op.V1],
                t[op.V2],
                LLVM.LLVMConstVector(first, (uint)mask.Length),
                FunctionTranslator.Unnamed
            );
        }
    }
}
