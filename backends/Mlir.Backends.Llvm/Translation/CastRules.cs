using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>Conversions between types.</summary>
internal static unsafe class CastRules
{
    public static void AddTo(Dictionary<Type, Rule> table)
    {
        table[typeof(TruncOp)] = static (t, op) => ArithmeticRules.WithOverflow(Build(t, op, LLVMOpcode.Trunc), op);
        table[typeof(ZExtOp)] = NonNegative(LLVMOpcode.ZExt);
        table[typeof(UIToFPOp)] = NonNegative(LLVMOpcode.UIToFP);
        table[typeof(SExtOp)] = Cast(LLVMOpcode.SExt);
        table[typeof(SIToFPOp)] = Cast(LLVMOpcode.SIToFP);
        table[typeof(FPToSIOp)] = Cast(LLVMOpcode.FPToSI);
        table[typeof(FPToUIOp)] = Cast(LLVMOpcode.FPToUI);
        table[typeof(FPExtOp)] = Cast(LLVMOpcode.FPExt);
        table[typeof(FPTruncOp)] = Cast(LLVMOpcode.FPTrunc);
        table[typeof(BitcastOp)] = Cast(LLVMOpcode.BitCast);
        table[typeof(AddrSpaceCastOp)] = Cast(LLVMOpcode.AddrSpaceCast);
        table[typeof(IntToPtrOp)] = Cast(LLVMOpcode.IntToPtr);
        table[typeof(PtrToIntOp)] = Cast(LLVMOpcode.PtrToInt);
    }

    private static LLVMValueRef Build(FunctionTranslator t, Operation op, LLVMOpcode opcode) =>
        LLVM.LLVMBuildCast(t.Builder, opcode, t[op.Operands[0]], t.TypeOf(op.Results[0]), FunctionTranslator.Unnamed);

    private static Rule Cast(LLVMOpcode opcode) => (t, op) => Build(t, op, opcode);

    private static Rule NonNegative(LLVMOpcode opcode) =>
        (t, op) =>
        {
            var value = Build(t, op, opcode);
            if (op.GetAttribute("nonNeg") is UnitAttr && ArithmeticRules.IsInstruction(value))
            {
                LLVM.LLVMSetNNeg(value, 1);
            }

            return value;
        };
}
