using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>Arithmetic, logic, comparison, selection.</summary>
internal static unsafe class ArithmeticRules
{
    public static void AddTo(Dictionary<Type, Rule> table)
    {
        table[typeof(AddOp)] = Wrapping(LLVMOpcode.Add);
        table[typeof(SubOp)] = Wrapping(LLVMOpcode.Sub);
        table[typeof(MulOp)] = Wrapping(LLVMOpcode.Mul);
        table[typeof(ShlOp)] = Wrapping(LLVMOpcode.Shl);
        table[typeof(UDivOp)] = Exact(LLVMOpcode.UDiv);
        table[typeof(SDivOp)] = Exact(LLVMOpcode.SDiv);
        table[typeof(LShrOp)] = Exact(LLVMOpcode.LShr);
        table[typeof(AShrOp)] = Exact(LLVMOpcode.AShr);
        table[typeof(URemOp)] = Plain(LLVMOpcode.URem);
        table[typeof(SRemOp)] = Plain(LLVMOpcode.SRem);
        table[typeof(AndOp)] = Plain(LLVMOpcode.And);
        table[typeof(XOrOp)] = Plain(LLVMOpcode.Xor);
        table[typeof(OrOp)] = Disjoint(LLVMOpcode.Or);
        table[typeof(FAddOp)] = Float(LLVMOpcode.FAdd);
        table[typeof(FSubOp)] = Float(LLVMOpcode.FSub);
        table[typeof(FMulOp)] = Float(LLVMOpcode.FMul);
        table[typeof(FDivOp)] = Float(LLVMOpcode.FDiv);
        table[typeof(FRemOp)] = Float(LLVMOpcode.FRem);
        table[typeof(FNegOp)] = static (t, op) =>
            WithFastMath(LLVM.LLVMBuildFNeg(t.Builder, t[op.Operands[0]], FunctionTranslator.Unnamed), op);
        table.On<ICmpOp>(
            static (t, op) =>
                LLVM.LLVMBuildICmp(t.Builder, Predicate(op.Predicate), t[op.Lhs], t[op.Rhs], FunctionTranslator.Unnamed)
        );
        table.On<FCmpOp>(
            static (t, op) =>
                WithFastMath(
                    LLVM.LLVMBuildFCmp(
                        t.Builder,
                        Predicate(op.Predicate),
                        t[op.Lhs],
                        t[op.Rhs],
                        FunctionTranslator.Unnamed
                    ),
                    op
                )
        );
        table.On<SelectOp>(
            static (t, op) =>
                WithFastMath(
                    LLVM.LLVMBuildSelect(
                        t.Builder,
                        t[op.Condition],
                        t[op.TrueValue],
                        t[op.FalseValue],
                        FunctionTranslator.Unnamed
                    ),
                    op
                )
        );
        table[typeof(FreezeOp)] = static (t, op) =>
            LLVM.LLVMBuildFreeze(t.Builder, t[op.Operands[0]], FunctionTranslator.Unnamed);
    }

    /// <summary>Passes an op's fast-math flags on. LLVM numbers them differently: <c>reassoc</c> comes first.</summary>
    public static LLVMValueRef WithFastMath(LLVMValueRef value, Operation op)
    {
        if (
            op.GetAttribute("fastmathFlags") is EnumAttr<FastmathFlags> { Value: not FastmathFlags.None and var flags }
            && IsInstruction(value)
        )
        {
            var bits = (uint)flags;
            LLVM.LLVMSetFastMathFlags(value, ((bits & 0x3F) << 1) | ((bits >> 6) & 1));
        }

        return value;
    }

    /// <summary>False when the builder folded the op to a constant, which has no flags.</summary>
    public static bool IsInstruction(LLVMValueRef value) => !LLVM.LLVMIsAInstruction(value).IsNull;

    private static LLVMValueRef Binary(FunctionTranslator t, Operation op, LLVMOpcode opcode) =>
        LLVM.LLVMBuildBinOp(t.Builder, opcode, t[op.Operands[0]], t[op.Operands[1]], FunctionTranslator.Unnamed);

    private static Rule Plain(LLVMOpcode opcode) => (t, op) => Binary(t, op, opcode);

    private static Rule Float(LLVMOpcode opcode) => (t, op) => WithFastMath(Binary(t, op, opcode), op);

    private static Rule Wrapping(LLVMOpcode opcode) => (t, op) => WithOverflow(Binary(t, op, opcode), op);

    /// <summary>Passes on what an op promises about overflow.</summary>
    public static LLVMValueRef WithOverflow(LLVMValueRef value, Operation op)
    {
        if (
            op.GetAttribute("overflowFlags")
                is EnumAttr<IntegerOverflowFlags> { Value: not IntegerOverflowFlags.None and var flags }
            && IsInstruction(value)
        )
        {
            LLVM.LLVMSetNSW(value, flags.HasFlag(IntegerOverflowFlags.Nsw) ? 1 : 0);
            LLVM.LLVMSetNUW(value, flags.HasFlag(IntegerOverflowFlags.Nuw) ? 1 : 0);
        }

        return value;
    }

    private static Rule Exact(LLVMOpcode opcode) =>
        (t, op) =>
        {
            var value = Binary(t, op, opcode);
            if (op.GetAttribute("isExact") is UnitAttr && IsInstruction(value))
            {
                LLVM.LLVMSetExact(value, 1);
            }

            return value;
        };

    private static Rule Disjoint(LLVMOpcode opcode) =>
        (t, op) =>
        {
            var value = Binary(t, op, opcode);
            if (op.GetAttribute("isDisjoint") is UnitAttr && IsInstruction(value))
            {
                LLVM.LLVMSetIsDisjoint(value, 1);
            }

            return value;
        };

    private static LLVMIntPredicate Predicate(ICmpPredicate predicate) =>
        predicate switch
        {
            ICmpPredicate.Eq => LLVMIntPredicate.EQ,
            ICmpPredicate.Ne => LLVMIntPredicate.NE,
            ICmpPredicate.Slt => LLVMIntPredicate.SLT,
            ICmpPredicate.Sle => LLVMIntPredicate.SLE,
            ICmpPredicate.Sgt => LLVMIntPredicate.SGT,
            ICmpPredicate.Sge => LLVMIntPredicate.SGE,
            ICmpPredicate.Ult => LLVMIntPredicate.ULT,
            ICmpPredicate.Ule => LLVMIntPredicate.ULE,
            ICmpPredicate.Ugt => LLVMIntPredicate.UGT,
            ICmpPredicate.Uge => LLVMIntPredicate.UGE,
            _ => throw new ArgumentOutOfRangeException(nameof(predicate)),
        };

    private static LLVMRealPredicate Predicate(FCmpPredicate predicate) =>
        predicate switch
        {
            FCmpPredicate.False => LLVMRealPredicate.False,
            FCmpPredicate.Oeq => LLVMRealPredicate.OEQ,
            FCmpPredicate.Ogt => LLVMRealPredicate.OGT,
            FCmpPredicate.Oge => LLVMRealPredicate.OGE,
            FCmpPredicate.Olt => LLVMRealPredicate.OLT,
            FCmpPredicate.Ole => LLVMRealPredicate.OLE,
            FCmpPredicate.One => LLVMRealPredicate.ONE,
            FCmpPredicate.Ord => LLVMRealPredicate.ORD,
            FCmpPredicate.Uno => LLVMRealPredicate.UNO,
            FCmpPredicate.Ueq => LLVMRealPredicate.UEQ,
            FCmpPredicate.Ugt => LLVMRealPredicate.UGT,
            FCmpPredicate.Uge => LLVMRealPredicate.UGE,
            FCmpPredicate.Ult => LLVMRealPredicate.ULT,
            FCmpPredicate.Ule => LLVMRealPredicate.ULE,
            FCmpPredicate.Une => LLVMRealPredicate.UNE,
            FCmpPredicate.True => LLVMRealPredicate.True,
            _ => throw new ArgumentOutOfRangeException(nameof(predicate)),
        };
}
