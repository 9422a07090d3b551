using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>Terminators and calls.</summary>
internal static unsafe class ControlRules
{
    public static void AddTo(Dictionary<Type, Rule> table)
    {
        table[typeof(ReturnOp)] = static (t, op) =>
            op.Operands.Count == 0 ? LLVM.LLVMBuildRetVoid(t.Builder) : LLVM.LLVMBuildRet(t.Builder, t[op.Operands[0]]);
        table[typeof(UnreachableOp)] = static (t, _) => LLVM.LLVMBuildUnreachable(t.Builder);
        table[typeof(BrOp)] = static (t, op) =>
            LoopMetadata.Attach(t, op, LLVM.LLVMBuildBr(t.Builder, t.Target(op.Successors[0])));
        table.On<CondBrOp>(
            static (t, op) =>
            {
                var then = t.Target(op.Successors[0]);
                var otherwise = t.Target(op.Successors[1]);
                return LoopMetadata.Attach(t, op, LLVM.LLVMBuildCondBr(t.Builder, t[op.Condition], then, otherwise));
            }
        );
        table.On<SwitchOp>(Switch);
        table.On<CallOp>(Call);
    }

    private static LLVMValueRef Switch(FunctionTranslator t, SwitchOp op)
    {
        var cases = op.CaseValues;
        var value = LLVM.LLVMBuildSwitch(
            t.Builder,
            t[op.Value],
            t.Target(op.Successors[0]),
            (uint)(op.Successors.Count - 1)
        );
        for (var i = 1; i < op.Successors.Count; i++)
        {
            var target = t.Target(op.Successors[i]);
            LLVM.LLVMAddCase(
                value,
                ConstantTranslator.Integer(t.TypeOf(op.Value), ((IntegerAttr)cases!.GetElement(i - 1)).Bits),
                target
            );
        }

        return value;
    }

    private static LLVMValueRef Call(FunctionTranslator t, CallOp op)
    {
        // An indirect call's first operand is the function.
        var operands = op.CalleeOperands;
        var first = op.Callee is null ? 1 : 0;
        var count = operands.Count - first;
        var arguments = stackalloc LLVMValueRef[count];
        for (var i = 0; i < count; i++)
        {
            arguments[i] = t[operands[first + i]];
        }

        var callee = op.Callee is { } symbol
            ? t.Module.Symbol(symbol.Leaf)
            : new TypedGlobal(t[operands[0]], t.Types.TranslateFunction(TypeOf(op, operands)));
        var call = LLVM.LLVMBuildCall2(
            t.Builder,
            callee.Type,
            callee.Value,
            arguments,
            (uint)count,
            FunctionTranslator.Unnamed
        );
        LLVM.LLVMSetInstructionCallConv(call, (uint)op.CConv);
        return ArithmeticRules.WithFastMath(call, op);
    }

    /// <summary>The type of the function behind a pointer: what the op says, or else what it passes and takes.</summary>
    private static LlvmFunctionType TypeOf(CallOp op, OperandList operands)
    {
        if (op.VarCalleeType is LlvmFunctionType variadic)
        {
            return variadic;
        }

        var parameters = new IrType[operands.Count - 1];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = operands[i + 1].Type;
        }

        return LlvmFunctionType.Get(op.Results.Count == 0 ? LlvmVoidType.Instance : op.Results[0].Type, parameters);
    }
}
