using System.Text;
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
                var branch = LLVM.LLVMBuildCondBr(t.Builder, t[op.Condition], then, otherwise);
                if (op.BranchWeights is { } weights)
                {
                    LLVM.LLVMSetMetadata(branch, t.Module.MetadataKind("prof"), Weights(t, weights));
                }

                return LoopMetadata.Attach(t, op, branch);
            }
        );
        table.On<SwitchOp>(Switch);
        table.On<CallOp>(Call);
        table.On<InlineAsmOp>(Assembly);
    }

    private static LLVMValueRef Assembly(FunctionTranslator t, InlineAsmOp op)
    {
        var type = t.Types.TranslateFunction(
            LlvmFunctionType.Get(op.Res?.Type ?? LlvmVoidType.Instance, [.. op.AsmOperands.Types])
        );
        var arguments = op.AsmOperands.ToArray().Select(operand => t[operand]).ToArray();
        var (text, constraints) = (Encoding.UTF8.GetBytes(op.AsmString), Encoding.UTF8.GetBytes(op.Constraints));
        fixed (
            byte* textStart = text,
                constraintsStart = constraints
        )
        fixed (LLVMValueRef* first = arguments)
        {
            var call = LLVM.LLVMBuildCall2(
                t.Builder,
                type,
                LLVM.LLVMGetInlineAsm(
                    type,
                    textStart,
                    (nuint)text.Length,
                    constraintsStart,
                    (nuint)constraints.Length,
                    op.HasSideEffects ? 1 : 0,
                    op.IsAlignStack ? 1 : 0,
                    (int)(op.AsmDialect ?? AsmDialect.Att),
                    canThrow: 0
                ),
                first,
                (uint)arguments.Length,
                FunctionTranslator.Unnamed
            );
            if (op.HasSideEffects)
            {
                t.Module.Attributes.MakeConvergent(call);
            }

            return call;
        }
    }

    /// <summary>The metadata node <c>!{!"branch_weights", i32 …, i32 …}</c>.</summary>
    private static LLVMValueRef Weights(FunctionTranslator t, DenseArrayAttr weights)
    {
        var context = t.Module.Context.Ref;
        var nodes = new LLVMMetadataRef[weights.Values.Count + 1];
        fixed (byte* name = "branch_weights"u8)
        {
            nodes[0] = LLVM.LLVMMDStringInContext2(context, name, (nuint)"branch_weights".Length);
        }

        for (var i = 0; i < weights.Values.Count; i++)
        {
            nodes[i + 1] = LLVM.LLVMValueAsMetadata(LLVM.LLVMConstInt(t.Types.I32, (uint)weights.Values[i], 0));
        }

        fixed (LLVMMetadataRef* first = nodes)
        {
            return LLVM.LLVMMetadataAsValue(context, LLVM.LLVMMDNodeInContext2(context, first, (nuint)nodes.Length));
        }
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
