using Mlir.Dialects.Cf;
using Mlir.IR;
using Mlir.Lowering;
using Mlir.Runtime;

namespace Mlir.Backends.Interpreter;

/// <summary>Handlers of the <c>cf</c> dialect.</summary>
internal static class CfHandlers
{
    /// <summary>Adds them to the table.</summary>
    public static void Register(HandlerTable.Registration table)
    {
        table.Add<BranchOp>((b, op) => Go(b, op.Dest, op.DestOperands));
        table.Add<CondBranchOp>(
            (b, op) =>
            {
                var otherwise = new Label();
                b.Emit(new BranchInstruction(b.Scalar(op.Condition), otherwise));
                Go(b, op.TrueDest, op.TrueDestOperands);
                b.Mark(otherwise);
                Go(b, op.FalseDest, op.FalseDestOperands);
            }
        );
        table.Add<SwitchOp>(Switch);
        table.Add<AssertOp>(
            (b, op) =>
                b.Emit(
                    new AssertInstruction(b.Scalar(op.Arg), KernelError.Parse(op.Msg, ErrorTable.PlaceOf(op.Location)))
                )
        );
    }

    private static void Switch(FunctionBuilder builder, SwitchOp op)
    {
        var cases = new Dictionary<long, Label>();
        var labels = new List<Label>();
        for (var i = 0; i < op.CaseCount; i++)
        {
            labels.Add(new Label());
            cases.TryAdd((long)op.GetCaseValue(i), labels[i]);
        }

        var otherwise = new Label();
        builder.Emit(new SwitchInstruction(builder.Scalar(op.Flag), cases, otherwise));
        for (var i = 0; i < op.CaseCount; i++)
        {
            builder.Mark(labels[i]);
            Go(builder, op.CaseDestinations[i], op.GetCaseOperands(i));
        }

        builder.Mark(otherwise);
        Go(builder, op.DefaultDestination, op.DefaultOperands);
    }

    private static void Go(FunctionBuilder builder, Block target, OperandList operands)
    {
        builder.Move(builder.RegistersOf(operands), builder.RegistersOf(target.Arguments));
        builder.Emit(new JumpInstruction(builder.LabelOf(target)));
    }

    private sealed class AssertInstruction(int condition, KernelError error) : Instruction
    {
        public override int Execute(Frame frame) => frame.Scalars[condition] != 0 ? Next : throw error.ToException();
    }
}
