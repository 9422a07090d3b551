using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.IR;

namespace Mlir.Backends.Interpreter;

/// <summary>Handlers of the <c>func</c> dialect and of casts between types that are kept alike.</summary>
internal static class FuncHandlers
{
    /// <summary>Adds them to the table.</summary>
    public static void Register(HandlerTable.Registration table)
    {
        table.Add<ReturnOp>(
            (b, op) =>
            {
                b.Move(b.RegistersOf(op.Operands), b.Function.Results);
                b.Emit(new ExitInstruction());
            }
        );
        table.Add<CallOp>(
            (b, op) =>
                b.Emit(
                    new CallInstruction(
                        Find(b, op, op.Callee),
                        0,
                        b.RegistersOf(op.Operands),
                        b.RegistersOf(op.Results),
                        op
                    )
                )
        );
        table.Add<CallIndirectOp>(
            (b, op) =>
                b.Emit(
                    new CallInstruction(
                        null,
                        b.Object(op.Callee),
                        b.RegistersOf(op.CalleeOperands),
                        b.RegistersOf(op.Results),
                        op
                    )
                )
        );
        table.Add<ConstantOp>((b, op) => b.SetConstant(op.Result, Find(b, op, op.Value)));
        table.Add<UnrealizedConversionCastOp>(
            (b, op) =>
            {
                if (
                    op.Inputs.Count != op.Outputs.Count
                    || !b.RegistersOf(op.Inputs)
                        .Select(r => r.IsObject)
                        .SequenceEqual(b.RegistersOf(op.Outputs).Select(r => r.IsObject))
                )
                {
                    throw FunctionBuilder.Unsupported(op);
                }

                b.Move(b.RegistersOf(op.Inputs), b.RegistersOf(op.Outputs));
            }
        );
    }

    private static FunctionCode Find(FunctionBuilder builder, Operation op, SymbolRefAttr symbol) =>
        builder.Program.Find(symbol.Leaf) ?? throw FunctionBuilder.Unsupported(op, $": there is no function {symbol}");
}
