using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects.Llvm;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>Constants, and values that are not one.</summary>
internal static class ConstantRules
{
    public static void AddTo(Dictionary<Type, Rule> table)
    {
        table.On<ConstantOp>(
            static (t, op) =>
                t.Module.Constants.Translate(op.Value, op.Result0.Type)
                ?? throw TranslationDiagnostics.NoConstant(op, op.Value)
        );
        table[typeof(UndefOp)] = static (t, op) => LLVM.LLVMGetUndef(t.TypeOf(op.Results[0]));
        table[typeof(PoisonOp)] = static (t, op) => LLVM.LLVMGetPoison(t.TypeOf(op.Results[0]));
        table[typeof(ZeroOp)] = static (t, op) => LLVM.LLVMConstNull(t.TypeOf(op.Results[0]));
        table.On<AddressOfOp>(static (t, op) => t.Module.Symbol(op.GlobalName.Leaf).Value);
    }
}
